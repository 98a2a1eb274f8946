// TensorFlow operations of an analog tile, each one pass over its data: input range and DAC; output noise,
// ADC and scale; and what the backward pass needs of both. Registered through TensorFlow's C interface.
//
// Arithmetic is float32, ties round half to even (so the results equal periphery.ts bit for bit). The noise
// is a function of the seed and of the position alone, whatever the number of threads (normal.h).
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "../normal.h"
#include "../../backend/operation.h"

namespace {

// Halves to even, for |v| < 2^22; larger ones come out as large and are clipped after.
INLINE float round_even(float v) { return (v + 12582912.0f) - 12582912.0f; }
INLINE float clip(float v, float b) { return v > b ? b : (v < -b ? -b : v); }

CLONES void dac_pass(const float* __restrict x, float* __restrict v, int64_t n, float range, float step,
                     float bound) {
  if (range > 0) for (int64_t i = 0; i < n; i++) v[i] = clip(x[i], range) / range;
  else for (int64_t i = 0; i < n; i++) v[i] = x[i];
  if (step > 0) for (int64_t i = 0; i < n; i++) v[i] = clip(round_even(v[i] / step) * step, bound);
  else for (int64_t i = 0; i < n; i++) v[i] = clip(v[i], bound);
}

// One block of outputs; `scale` and `offset` are repeated over its length.
CLONES void adc_pass(const float* __restrict y, const float* __restrict noise, const float* __restrict scale,
                     float* __restrict out, int64_t n, float sd, float step, float bound) {
  if (noise) for (int64_t i = 0; i < n; i++) out[i] = y[i] + sd * noise[i];
  else for (int64_t i = 0; i < n; i++) out[i] = y[i];
  if (step > 0) for (int64_t i = 0; i < n; i++) out[i] = clip(round_even(out[i] / step) * step, bound) * scale[i];
  else for (int64_t i = 0; i < n; i++) out[i] = clip(out[i], bound) * scale[i];
}

CLONES void add_pass(const float* __restrict term, float* __restrict out, int64_t n) {
  for (int64_t i = 0; i < n; i++) out[i] += term[i];
}

CLONES void mask_pass(const float* g, const float* out, const float* limit, float* masked, int64_t rows,
                      int64_t width) {
  for (int64_t r = 0; r < rows; r++) {
    for (int64_t c = 0; c < width; c++) {
      int64_t i = r * width + c;
      masked[i] = std::fabs(out[i]) >= limit[c] ? 0.0f : g[i];
    }
  }
}

CLONES void range_pass(const float* x, const float* dx, int64_t n, float range, double* sums) {
  float outward = 0, inside = 0;
  for (int64_t i = 0; i < n; i++) {
    float grow = x[i] >= range ? (dx[i] < 0 ? dx[i] : 0.0f) : 0.0f;
    float sink = x[i] <= -range ? (dx[i] > 0 ? dx[i] : 0.0f) : 0.0f;
    outward += grow - sink;
    inside += std::fabs(x[i]) < range ? 1.0f : 0.0f;
  }
  sums[0] += outward; sums[1] += inside;
}

struct Settings { float noise = 0, step = 0, bound = INFINITY; };

struct Geometry { int64_t stride = 1, padding = 0; };

// Sums of a convolution in double precision, rounded once: slow, for comparison.
void exact_products(void* data, TF_OpKernelContext* context) {
  const Geometry& g = *static_cast<Geometry*>(data);
  Call call(context);
  Input x = call.input(0), w = call.input(1);
  const int64_t height = TF_Dim(x.tensor, 1), width = TF_Dim(x.tensor, 2), channels = TF_Dim(x.tensor, 3);
  const int64_t kernel = TF_Dim(w.tensor, 0), outs = TF_Dim(w.tensor, 3);
  const int64_t rows = (height + 2 * g.padding - kernel) / g.stride + 1;
  const int64_t columns = (width + 2 * g.padding - kernel) / g.stride + 1;
  const int64_t shape[4] = {TF_Dim(x.tensor, 0), rows, columns, outs};
  TF_Tensor* result = call.output(shape, 4);
  float* out = static_cast<float*>(TF_TensorData(result));
#pragma omp parallel for
  for (int64_t place = 0; place < shape[0] * rows * columns; place++) {
    const int64_t image = place / (rows * columns), row = place / columns % rows, column = place % columns;
    std::vector<double> sums(outs);
    for (int64_t i = 0; i < kernel; i++) {
      for (int64_t j = 0; j < kernel; j++) {
        const int64_t at_row = row * g.stride + i - g.padding, at_column = column * g.stride + j - g.padding;
        if (at_row < 0 || at_row >= height || at_column < 0 || at_column >= width) continue;
        const float* v = x.data() + ((image * height + at_row) * width + at_column) * channels;
        const float* weights = w.data() + (i * kernel + j) * channels * outs;
        for (int64_t c = 0; c < channels; c++) {
          for (int64_t o = 0; o < outs; o++) sums[o] += double(v[c]) * double(weights[c * outs + o]);
        }
      }
    }
    for (int64_t o = 0; o < outs; o++) out[place * outs + o] = float(sums[o]);
  }
  TF_DeleteTensor(result);
}

void dac(void* data, TF_OpKernelContext* context) {
  const Settings& s = *static_cast<Settings*>(data);
  Call call(context);
  Input x = call.input(0), range = call.input(1);
  TF_Tensor* out = call.output_like(x);
  float* v = static_cast<float*>(TF_TensorData(out));
  const int64_t n = x.size(), blocks = (n + kBlock - 1) / kBlock;
#pragma omp parallel for if (blocks > 8)
  for (int64_t b = 0; b < blocks; b++) {
    int64_t at = b * kBlock, count = n - at < kBlock ? n - at : kBlock;
    dac_pass(x.data() + at, v + at, count, range.data()[0], s.step, s.bound);
  }
  TF_DeleteTensor(out);
}

void adc(void* data, TF_OpKernelContext* context) {
  const Settings& s = *static_cast<Settings*>(data);
  Call call(context);
  Input y = call.input(0), scale = call.input(1), offset = call.input(2), sum = call.input(3);
  Input seed = call.input(4);
  TF_Tensor* result = call.output_like(y);
  float* out = static_cast<float*>(TF_TensorData(result));
  const int64_t n = y.size(), width = y.width();
  const int64_t step = width >= kBlock ? width : kBlock / width * width;  // whole rows
  const int64_t blocks = n > 0 ? (n + step - 1) / step : 0;
  const bool shifted = offset.size() > 0, summed = sum.size() > 0;
  const uint32_t* words = seed.data<uint32_t>();
  const uint64_t key = uint64_t(words[0]) << 32 | words[1];
#pragma omp parallel if (blocks > 4)
  {
    std::vector<float> noise(step + 2 * kLanes), scales(step), offsets(shifted ? step : 0);
    for (int64_t i = 0; i < step; i++) scales[i] = scale.data()[i % width];
    if (shifted) for (int64_t i = 0; i < step; i++) offsets[i] = offset.data()[i % width];
#pragma omp for
    for (int64_t b = 0; b < blocks; b++) {
      int64_t at = b * step, count = n - at < step ? n - at : step;
      if (s.noise > 0) noise_pass(key, b, noise.data(), count);
      adc_pass(y.data() + at, s.noise > 0 ? noise.data() : nullptr, scales.data(), out + at, count, s.noise,
               s.step, s.bound);
      if (shifted) add_pass(offsets.data(), out + at, count);
      if (summed) add_pass(sum.data() + at, out + at, count);
    }
  }
  TF_DeleteTensor(result);
}

void mask(void*, TF_OpKernelContext* context) {
  Call call(context);
  Input g = call.input(0), out = call.input(1), limit = call.input(2);
  TF_Tensor* result = call.output_like(g);
  float* masked = static_cast<float*>(TF_TensorData(result));
  const int64_t width = g.width(), rows = g.size() / width, step = width >= kBlock ? 1 : kBlock / width;
  const int64_t blocks = (rows + step - 1) / step;
#pragma omp parallel for if (blocks > 8)
  for (int64_t b = 0; b < blocks; b++) {
    int64_t row = b * step, at = row * width, count = rows - row < step ? rows - row : step;
    mask_pass(g.data() + at, out.data() + at, limit.data(), masked + at, count, width);
  }
  TF_DeleteTensor(result);
}

void range_sums(void*, TF_OpKernelContext* context) {
  Call call(context);
  Input x = call.input(0), dx = call.input(1), range = call.input(2);
  const int64_t shape[1] = {2}, n = x.size(), blocks = (n + kBlock - 1) / kBlock;
  TF_Tensor* result = call.output(shape, 1);
  double* parts = new double[2 * blocks]();
#pragma omp parallel for if (blocks > 8)
  for (int64_t b = 0; b < blocks; b++) {
    int64_t at = b * kBlock, count = n - at < kBlock ? n - at : kBlock;
    range_pass(x.data() + at, dx.data() + at, count, range.data()[0], parts + 2 * b);
  }
  double outward = 0, inside = 0;  // in the order of the blocks, so that threads change nothing
  for (int64_t b = 0; b < blocks; b++) { outward += parts[2 * b]; inside += parts[2 * b + 1]; }
  delete[] parts;
  float* sums = static_cast<float*>(TF_TensorData(result));
  sums[0] = float(outward); sums[1] = float(inside / double(n > 0 ? n : 1));
  TF_DeleteTensor(result);
}

void* settings(TF_OpKernelConstruction* construction, bool noisy) {
  auto* s = new Settings;
  TF_Status* status = TF_NewStatus();
  if (noisy) TF_OpKernelConstruction_GetAttrFloat(construction, "noise", &s->noise, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "step", &s->step, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "bound", &s->bound, status);
  TF_DeleteStatus(status);
  return s;
}
void* dac_settings(TF_OpKernelConstruction* c) { return settings(c, false); }
void* adc_settings(TF_OpKernelConstruction* c) { return settings(c, true); }
void forget(void* s) { delete static_cast<Settings*>(s); }
void* geometry(TF_OpKernelConstruction* construction) {
  auto* g = new Geometry;
  TF_Status* status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64(construction, "stride", &g->stride, status);
  TF_OpKernelConstruction_GetAttrInt64(construction, "padding", &g->padding, status);
  TF_DeleteStatus(status);
  return g;
}
void forget_geometry(void* g) { delete static_cast<Geometry*>(g); }

bool define_all() {
  const char* const none[] = {nullptr};
  const char* const converter[] = {"step: float", "bound: float", nullptr};
  const char* const noisy[] = {"noise: float", "step: float", "bound: float", nullptr};
  const char* const dac_in[] = {"x: float", "range: float", nullptr};
  const char* const adc_in[] = {"y: float", "scale: float", "offset: float", "sum: float", "seed: int32", nullptr};
  const char* const mask_in[] = {"g: float", "out: float", "limit: float", nullptr};
  const char* const range_in[] = {"x: float", "dx: float", "range: float", nullptr};
  const char* const products_in[] = {"x: float", "w: float", nullptr};
  const char* const products_attrs[] = {"stride: int", "padding: int", nullptr};
  return define("AnalogExactProducts", products_in, "y: float", products_attrs, geometry, exact_products,
                forget_geometry) &&
         define("AnalogDac", dac_in, "v: float", converter, dac_settings, dac, forget) &&
         define("AnalogAdc", adc_in, "out: float", noisy, adc_settings, adc, forget) &&
         define("AnalogAdcGrad", mask_in, "masked: float", none, no_settings, mask, forget) &&
         define("AnalogRangeSums", range_in, "sums: float", none, no_settings, range_sums, forget);
}

}  // namespace

// Registers the operations; 1 on success. May be called again, by every realm of one process.
extern "C" int register_analog_operations() {
  static const bool registered = define_all();
  return registered;
}
