// What operations for TensorFlow need of its C interface, and the little that they share.
#pragma once
#include <cstddef>
#include <cstdint>

extern "C" {
struct TF_Status; struct TF_Tensor; struct TF_OpKernelContext; struct TF_OpKernelConstruction;
struct TF_KernelBuilder; struct TF_OpDefinitionBuilder;
TF_Status* TF_NewStatus(); void TF_DeleteStatus(TF_Status*); int TF_GetCode(const TF_Status*);
TF_OpDefinitionBuilder* TF_NewOpDefinitionBuilder(const char*);
void TF_OpDefinitionBuilderAddInput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddOutput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddAttr(TF_OpDefinitionBuilder*, const char*);
void TF_RegisterOpDefinition(TF_OpDefinitionBuilder*, TF_Status*);
TF_KernelBuilder* TF_NewKernelBuilder(const char*, const char*, void* (*)(TF_OpKernelConstruction*),
                                      void (*)(void*, TF_OpKernelContext*), void (*)(void*));
void TF_RegisterKernelBuilder(const char*, TF_KernelBuilder*, TF_Status*);
void TF_OpKernelConstruction_GetAttrFloat(TF_OpKernelConstruction*, const char*, float*, TF_Status*);
void TF_OpKernelConstruction_GetAttrInt64(TF_OpKernelConstruction*, const char*, int64_t*, TF_Status*);
void TF_GetInput(TF_OpKernelContext*, int, TF_Tensor**, TF_Status*);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext*, int, int, const int64_t*, int, size_t, TF_Status*);
void* TF_TensorData(const TF_Tensor*); int64_t TF_TensorElementCount(const TF_Tensor*);
int TF_NumDims(const TF_Tensor*); int64_t TF_Dim(const TF_Tensor*, int); void TF_DeleteTensor(TF_Tensor*);
}

namespace {

constexpr int kFloat = 1;  // TF_FLOAT
constexpr int64_t kBlock = 4096;  // elements that one thread takes at a time, 16 KiB of noise

// Compiled for AVX-512, AVX2 and any x86-64; the best one is taken when the library is loaded.
#ifdef __x86_64__
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

struct Input {  // A borrowed input tensor.
  TF_Tensor* tensor = nullptr;
  Input(TF_OpKernelContext* context, int index, TF_Status* status) { TF_GetInput(context, index, &tensor, status); }
  ~Input() { TF_DeleteTensor(tensor); }
  template <class T = float> const T* data() const { return static_cast<const T*>(TF_TensorData(tensor)); }
  int64_t size() const { return TF_TensorElementCount(tensor); }
  int64_t width() const { return TF_Dim(tensor, TF_NumDims(tensor) - 1); }
};

struct Call {  // One execution of an operation.
  TF_OpKernelContext* context;
  TF_Status* status = TF_NewStatus();
  explicit Call(TF_OpKernelContext* c) : context(c) {}
  ~Call() { TF_DeleteStatus(status); }
  Input input(int index) { return Input(context, index, status); }
  TF_Tensor* output(const int64_t* shape, int rank) {
    size_t bytes = sizeof(float);
    for (int i = 0; i < rank; i++) bytes *= shape[i];
    return TF_AllocateOutput(context, 0, kFloat, shape, rank, bytes, status);
  }
  TF_Tensor* output_like(const Input& input) {
    int64_t shape[8];
    int rank = TF_NumDims(input.tensor);
    for (int i = 0; i < rank; i++) shape[i] = TF_Dim(input.tensor, i);
    return output(shape, rank);
  }
};

void* no_settings(TF_OpKernelConstruction*) { return nullptr; }

bool define(const char* name, const char* const* inputs, const char* output, const char* const* attrs,
            void* (*create)(TF_OpKernelConstruction*), void (*compute)(void*, TF_OpKernelContext*),
            void (*destroy)(void*)) {
  TF_Status* status = TF_NewStatus();
  auto* op = TF_NewOpDefinitionBuilder(name);
  for (; *inputs; inputs++) TF_OpDefinitionBuilderAddInput(op, *inputs);
  for (; *attrs; attrs++) TF_OpDefinitionBuilderAddAttr(op, *attrs);
  TF_OpDefinitionBuilderAddOutput(op, output);
  TF_RegisterOpDefinition(op, status);
  bool good = TF_GetCode(status) == 0;
  if (good) TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create, compute, destroy), status);
  good = good && TF_GetCode(status) == 0;
  TF_DeleteStatus(status);
  return good;
}

}  // namespace
