// The gradient of max pooling as a TensorFlow operation: the same sums in the same order as TensorFlow's own
// MaxPoolGrad, bit for bit, at a fraction of its time. One thread takes one image, so their number changes nothing.
#include <cstdint>
#include <cstring>
#include <vector>

#include "operation.h"

namespace {

constexpr int32_t kNone = INT32_MIN;  // no pixel seen yet

struct Geometry { int64_t size = 1, stride = 1, padding = 0; };

// Keeps the larger of what was seen and `v`, and the place of it; the first of equals.
INLINE void take(const float* v, float* __restrict best, int32_t* __restrict from, int64_t n, int32_t place) {
  for (int64_t i = 0; i < n; i++) {
    const bool wins = (from[i] == kNone) | (best[i] < v[i]);
    best[i] = wins ? v[i] : best[i];
    from[i] = wins ? place : from[i];
  }
}

// One image: x and dx are [height, width, channels], dy [rows, columns, channels]; a row of dy at a time.
CLONES void image_gradient(const float* x, const float* dy, float* dx, int64_t height, int64_t width,
                           int64_t rows, int64_t columns, int64_t channels, const Geometry& g, float* best,
                           int32_t* from) {
  std::memset(dx, 0, sizeof(float) * height * width * channels);
  for (int64_t row = 0; row < rows; row++) {
    const int64_t top = row * g.stride - g.padding;
    for (int64_t i = 0; i < columns * channels; i++) from[i] = kNone;
    for (int64_t i = top < 0 ? -top : 0; i < g.size && top + i < height; i++) {
      for (int64_t j = 0; j < g.size; j++) {
        // The columns whose window has a j-th pixel within the image.
        const int64_t left = j - g.padding;
        const int64_t first = left < 0 ? (-left + g.stride - 1) / g.stride : 0;
        const int64_t fit = width - 1 - left < 0 ? 0 : (width - 1 - left) / g.stride + 1;
        const int64_t end = fit < columns ? fit : columns;
        const int32_t place = int32_t((i * width + j) * channels);
        const float* v = x + ((top + i) * width + left) * channels;
        if (g.stride == 1) {
          const int64_t at = first * channels;
          if (end > first) take(v + at, best + at, from + at, (end - first) * channels, place);
        } else {
          for (int64_t c = first; c < end; c++) {
            take(v + c * g.stride * channels, best + c * channels, from + c * channels, channels, place);
          }
        }
      }
    }
    for (int64_t c = 0; c < columns; c++) {
      const int64_t corner = (top * width + c * g.stride - g.padding) * channels;
      const int64_t at = c * channels;
      for (int64_t k = 0; k < channels; k++) {
        if (from[at + k] != kNone) dx[corner + from[at + k] + k] += dy[row * columns * channels + at + k];
      }
    }
  }
}

void max_pool_gradient(void* data, TF_OpKernelContext* context) {
  const Geometry& g = *static_cast<Geometry*>(data);
  Call call(context);
  Input x = call.input(0), dy = call.input(1);
  const int64_t images = TF_Dim(x.tensor, 0), height = TF_Dim(x.tensor, 1), width = TF_Dim(x.tensor, 2);
  const int64_t channels = TF_Dim(x.tensor, 3), rows = TF_Dim(dy.tensor, 1), columns = TF_Dim(dy.tensor, 2);
  TF_Tensor* result = call.output_like(x);
  float* dx = static_cast<float*>(TF_TensorData(result));
#pragma omp parallel
  {
    std::vector<float> best(columns * channels);
    std::vector<int32_t> from(columns * channels);
#pragma omp for
    for (int64_t n = 0; n < images; n++) {
      image_gradient(x.data() + n * height * width * channels, dy.data() + n * rows * columns * channels,
                     dx + n * height * width * channels, height, width, rows, columns, channels, g, best.data(),
                     from.data());
    }
  }
  TF_DeleteTensor(result);
}

void* read_geometry(TF_OpKernelConstruction* construction) {
  auto* g = new Geometry;
  TF_Status* status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64(construction, "size", &g->size, status);
  TF_OpKernelConstruction_GetAttrInt64(construction, "stride", &g->stride, status);
  TF_OpKernelConstruction_GetAttrInt64(construction, "padding", &g->padding, status);
  TF_DeleteStatus(status);
  return g;
}

bool define_all() {
  static const char* const inputs[] = {"x: float", "dy: float", nullptr};
  static const char* const attributes[] = {"size: int", "stride: int", "padding: int", nullptr};
  return define("OwnMaxPoolGrad", inputs, "dx: float", attributes, read_geometry, max_pool_gradient,
                [](void* g) { delete static_cast<Geometry*>(g); });
}

}  // namespace

// Registers the operation; 1 on success. May be called again, by every realm of one process.
extern "C" int register_max_pool_gradient() {
  static const bool registered = define_all();
  return registered;
}
