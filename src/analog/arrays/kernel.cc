// TensorFlow operations of an array: its converters, each one pass over its data, and the matrix that its
// wires leave of its conductances. Registered through TensorFlow's C interface.
//
// Converters are float32 with ties to even. The wires' matrix is exact elimination in double precision,
// written so that no difference of large numbers occurs: resistances may be 0.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "../normal.h"
#include "../../backend/operation.h"

namespace {

struct Converter { float lo = 0, hi = 0, steps = 0, gain = 1; };

// Halves to even, for |v| < 2^22.
INLINE float round_even(float v) { return (v + 12582912.0f) - 12582912.0f; }

CLONES void convert_pass(const float* __restrict x, float* __restrict v, int64_t n, float scale, float lo,
                         float hi, float steps) {
  if (steps <= 0) {
    for (int64_t i = 0; i < n; i++) v[i] = x[i] * scale;
    return;
  }
  const float per_unit = steps / (hi - lo), step = (hi - lo) / steps;
  for (int64_t i = 0; i < n; i++) {
    float s = x[i] * scale;
    s = s < lo ? lo : (s > hi ? hi : s);
    v[i] = round_even((s - lo) * per_unit) * step + lo;
  }
}

void convert(void* data, TF_OpKernelContext* context) {
  const Converter& c = *static_cast<Converter*>(data);
  Call call(context);
  Input x = call.input(0);
  TF_Tensor* result = call.output_like(x);
  float* v = static_cast<float*>(TF_TensorData(result));
  const int64_t n = x.size(), blocks = (n + kBlock - 1) / kBlock;
#pragma omp parallel for if (blocks > 8)
  for (int64_t b = 0; b < blocks; b++) {
    const int64_t at = b * kBlock, count = n - at < kBlock ? n - at : kBlock;
    convert_pass(x.data() + at, v + at, count, c.gain, c.lo, c.hi, c.steps);
  }
  TF_DeleteTensor(result);
}

// Rows of outputs: read noise, ADC, then scale, offset and what other arrays have contributed.
CLONES void adc_pass(const float* __restrict y, const float* __restrict variance, const float* __restrict noise,
                     const float* __restrict scale, const float* __restrict offset, const float* __restrict sum,
                     float* __restrict out, int64_t rows, int64_t width, float lo, float hi, float steps) {
  const float per_unit = steps > 0 ? steps / (hi - lo) : 0, step = steps > 0 ? (hi - lo) / steps : 0;
  for (int64_t r = 0; r < rows; r++) {
    const int64_t at = r * width;
    if (variance) {
      for (int64_t c = 0; c < width; c++) {
        const float v = variance[at + c];
        out[at + c] = y[at + c] + __builtin_sqrtf(v > 0 ? v : 0) * noise[at + c];
      }
    } else std::memcpy(out + at, y + at, width * sizeof(float));
    if (steps > 0) {
      for (int64_t c = 0; c < width; c++) {
        float s = out[at + c];
        s = s < lo ? lo : (s > hi ? hi : s);
        out[at + c] = round_even((s - lo) * per_unit) * step + lo;
      }
    }
    for (int64_t c = 0; c < width; c++) out[at + c] *= scale[c];
    if (offset) for (int64_t c = 0; c < width; c++) out[at + c] += offset[c];
    if (sum) for (int64_t c = 0; c < width; c++) out[at + c] += sum[at + c];
  }
}

void adc(void* data, TF_OpKernelContext* context) {
  const Converter& c = *static_cast<Converter*>(data);
  Call call(context);
  Input y = call.input(0), scale = call.input(1), offset = call.input(2), sum = call.input(3);
  Input variance = call.input(4), seed = call.input(5);
  TF_Tensor* result = call.output_like(y);
  float* out = static_cast<float*>(TF_TensorData(result));
  const int64_t width = y.width(), rows = width > 0 ? y.size() / width : 0;
  const int64_t step = width >= kBlock ? 1 : kBlock / (width > 0 ? width : 1), blocks = (rows + step - 1) / step;
  const auto given = [](const Input& input, int64_t at) { return input.size() > 0 ? input.data() + at : nullptr; };
  const bool noisy = variance.size() > 0;
  const uint32_t* words = seed.data<uint32_t>();
  const uint64_t key = noisy ? uint64_t(words[0]) << 32 | words[1] : 0;
#pragma omp parallel if (blocks > 8)
  {
    std::vector<float> noise(noisy ? step * width + 2 * kLanes : 0);
#pragma omp for
    for (int64_t b = 0; b < blocks; b++) {
      const int64_t row = b * step, at = row * width, count = rows - row < step ? rows - row : step;
      if (noisy) noise_pass(key, b, noise.data(), count * width);
      adc_pass(y.data() + at, given(variance, at), noise.data(), scale.data(), given(offset, 0), given(sum, at),
               out + at, count, width, c.lo, c.hi, c.steps);
    }
  }
  TF_DeleteTensor(result);
}

struct Slice { int64_t levels = 1, shift = 0, codes = 1; };

// Some bits of every input's magnitude, as a share of the largest code; the sign stays.
void bits(void* data, TF_OpKernelContext* context) {
  const Slice& s = *static_cast<Slice*>(data);
  Call call(context);
  Input v = call.input(0);
  TF_Tensor* result = call.output_like(v);
  float* out = static_cast<float*>(TF_TensorData(result));
  const int64_t n = v.size();
#pragma omp parallel for if (n > 8 * kBlock)
  for (int64_t i = 0; i < n; i++) {
    const int64_t code = std::lrint(std::fabs(v.data()[i]) * float(s.levels));
    const float share = float((code >> s.shift) & s.codes) / float(s.codes);
    out[i] = v.data()[i] < 0 ? -share : share;
  }
  TF_DeleteTensor(result);
}

struct Resistances { float row = 0, column = 0, row_terminal = 0, column_terminal = 0; };

// C[m x m] = A B, row by row.
CLONES void multiply(const double* __restrict a, const double* __restrict b, double* __restrict c, int64_t m) {
  for (int64_t i = 0; i < m; i++) {
    double* out = c + i * m;
    for (int64_t j = 0; j < m; j++) out[j] = 0;
    for (int64_t k = 0; k < m; k++) {
      const double factor = a[i * m + k], *row = b + k * m;
      for (int64_t j = 0; j < m; j++) out[j] += factor * row[j];
    }
  }
}

// A[m x m] becomes its inverse; positive definite, so that no pivoting is needed (Gauss and Jordan, in place).
CLONES void invert(double* a, int64_t m) {
  for (int64_t k = 0; k < m; k++) {
    double* pivot_row = a + k * m;
    const double pivot = 1.0 / pivot_row[k];
    pivot_row[k] = 1;
    for (int64_t j = 0; j < m; j++) pivot_row[j] *= pivot;
    for (int64_t i = 0; i < m; i++) {
      if (i == k) continue;
      double* row = a + i * m;
      const double factor = row[k];
      row[k] = 0;
      for (int64_t j = 0; j < m; j++) row[j] -= factor * pivot_row[j];
    }
  }
}

// One input line, seen from its cells: currents = admittance (drive u - V), where u drives the line and V are
// the cells' other ends. `g[j]` are the cells along the line. Ladder recursions, all terms positive.
void input_line(const double* g, int64_t m, double segment, double terminal, double* admittance, double* drive) {
  std::vector<double> far(m), near(m);  // conductance from node j outwards (its cell included), and inwards
  far[m - 1] = g[m - 1];
  for (int64_t j = m - 2; j >= 0; j--) far[j] = g[j] + far[j + 1] / (1 + segment * far[j + 1]);
  near[0] = 1 / (segment + terminal);  // infinite for an ideal wire, and so on along it
  for (int64_t j = 1; j < m; j++) near[j] = 1 / (segment + 1 / (near[j - 1] + g[j - 1]));
  double voltage = 1 / (1 + (segment + terminal) * far[0]);
  for (int64_t j = 0; j < m; j++) {
    if (j > 0) voltage /= 1 + segment * far[j];
    drive[j] = g[j] * voltage;
    double response = 1 / (near[j] + far[j]);  // voltage at node k for a unit current into node j
    admittance[j * m + j] = g[j] - g[j] * g[j] * response;
    for (int64_t k = j + 1; k < m; k++) {
      response /= 1 + segment * far[k];
      admittance[j * m + k] = admittance[k * m + j] = -g[j] * g[k] * response;
    }
  }
}

// T[outs x ins] of one array g[outs x ins]. The output lines are followed from input 0 to their ground: S is the
// admittance seen backwards, P = (1 + column S)^-1 what passes the next segment; then T's columns backwards.
void effective_matrix(const float* g, int64_t outs, int64_t ins, const Resistances& r, double* result) {
  const int64_t m = outs, area = m * m;
  std::vector<double> passes(ins * area), drives(ins * m), cells(m), seen(area), line(area), next(area);
  for (int64_t i = 0; i < ins; i++) {
    for (int64_t j = 0; j < m; j++) cells[j] = g[j * ins + i];
    input_line(cells.data(), m, r.row, r.row_terminal, line.data(), drives.data() + i * m);
    double* pass = passes.data() + i * area;
    for (int64_t k = 0; k < area; k++) seen[k] = i == 0 ? line[k] : line[k] + next[k];
    const double segment = i == ins - 1 ? double(r.column) + r.column_terminal : r.column;
    for (int64_t k = 0; k < area; k++) pass[k] = segment * seen[k];
    for (int64_t j = 0; j < m; j++) pass[j * m + j] += 1;
    invert(pass, m);
    if (i < ins - 1) multiply(seen.data(), pass, next.data(), m);
  }
  std::vector<double>& reach = seen;  // from input line i to the ground
  std::memcpy(reach.data(), passes.data() + (ins - 1) * area, area * sizeof(double));
  for (int64_t i = ins - 1; i >= 0; i--) {
    for (int64_t j = 0; j < m; j++) {
      double sum = 0;
      for (int64_t k = 0; k < m; k++) sum += reach[j * m + k] * drives[i * m + k];
      result[j * ins + i] = sum;
    }
    if (i == 0) break;
    multiply(reach.data(), passes.data() + (i - 1) * area, next.data(), m);
    reach.swap(next);
  }
}

// The same for more outputs than inputs: the network is reciprocal, so driving the output lines at their
// grounds and reading at the drivers gives the transpose, at the cost of the shorter side.
void effective_by_shorter_side(const float* g, int64_t outs, int64_t ins, const Resistances& r, double* result) {
  if (outs <= ins) return effective_matrix(g, outs, ins, r, result);
  const Resistances turned{r.column, r.row, r.column_terminal, r.row_terminal};
  std::vector<float> cells(outs * ins);
  std::vector<double> matrix(outs * ins);
  for (int64_t j = 0; j < outs; j++) {
    for (int64_t i = 0; i < ins; i++) cells[(ins - 1 - i) * outs + outs - 1 - j] = g[j * ins + i];
  }
  effective_matrix(cells.data(), ins, outs, turned, matrix.data());
  for (int64_t j = 0; j < outs; j++) {
    for (int64_t i = 0; i < ins; i++) result[j * ins + i] = matrix[(ins - 1 - i) * outs + outs - 1 - j];
  }
}

// What reaches the outputs: of one array, or of a pair's first less its second.
void wires(void* data, TF_OpKernelContext* context) {
  const Resistances& r = *static_cast<Resistances*>(data);
  Call call(context);
  Input g = call.input(0);  // [slices, 1 or 2, outputs, inputs]
  const int64_t slices = TF_Dim(g.tensor, 0), arrays = TF_Dim(g.tensor, 1);
  const int64_t shape[3] = {slices, TF_Dim(g.tensor, 2), TF_Dim(g.tensor, 3)}, size = shape[1] * shape[2];
  TF_Tensor* result = call.output(shape, 3);
  float* out = static_cast<float*>(TF_TensorData(result));
  std::vector<double> found(slices * arrays * size);
#pragma omp parallel for schedule(dynamic)
  for (int64_t a = 0; a < slices * arrays; a++) {
    effective_by_shorter_side(g.data() + a * size, shape[1], shape[2], r, found.data() + a * size);
  }
  for (int64_t s = 0; s < slices; s++) {
    const double *plus = found.data() + s * arrays * size, *minus = arrays == 2 ? plus + size : nullptr;
    for (int64_t k = 0; k < size; k++) out[s * size + k] = float(minus ? plus[k] - minus[k] : plus[k]);
  }
  TF_DeleteTensor(result);
}

void* converter_settings(TF_OpKernelConstruction* construction) {
  auto* c = new Converter;
  TF_Status* status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, "lo", &c->lo, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "hi", &c->hi, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "steps", &c->steps, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "gain", &c->gain, status);
  TF_DeleteStatus(status);
  return c;
}
void* slice_settings(TF_OpKernelConstruction* construction) {
  auto* s = new Slice;
  TF_Status* status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64(construction, "levels", &s->levels, status);
  TF_OpKernelConstruction_GetAttrInt64(construction, "shift", &s->shift, status);
  TF_OpKernelConstruction_GetAttrInt64(construction, "codes", &s->codes, status);
  TF_DeleteStatus(status);
  return s;
}
void* wire_settings(TF_OpKernelConstruction* construction) {
  auto* r = new Resistances;
  TF_Status* status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, "row", &r->row, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "column", &r->column, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "row_terminal", &r->row_terminal, status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "column_terminal", &r->column_terminal, status);
  TF_DeleteStatus(status);
  return r;
}
template <class T> void forget(void* settings) { delete static_cast<T*>(settings); }

bool define_all() {
  const char* const converter[] = {"lo: float", "hi: float", "steps: float", "gain: float", nullptr};
  const char* const slice[] = {"levels: int", "shift: int", "codes: int", nullptr};
  const char* const resistances[] = {"row: float", "column: float", "row_terminal: float",
                                     "column_terminal: float", nullptr};
  const char* const convert_in[] = {"x: float", nullptr};
  const char* const adc_in[] = {"y: float",   "scale: float",    "offset: float",
                                "sum: float", "variance: float", "seed: int32", nullptr};
  const char* const bits_in[] = {"v: float", nullptr};
  const char* const wires_in[] = {"g: float", nullptr};
  return define("ArrayConvert", convert_in, "v: float", converter, converter_settings, convert, forget<Converter>) &&
         define("ArrayAdc", adc_in, "out: float", converter, converter_settings, adc, forget<Converter>) &&
         define("ArrayBits", bits_in, "bits: float", slice, slice_settings, bits, forget<Slice>) &&
         define("ArrayWires", wires_in, "t: float", resistances, wire_settings, wires, forget<Resistances>);
}

}  // namespace

// Registers the operations; 1 on success. May be called again, by every realm of one process.
extern "C" int register_array_operations() {
  static const bool registered = define_all();
  return registered;
}
