// Standard normal deviates that are a function of a seed and of a block's number alone, whatever the number of
// threads: each block seeds sixteen lanes of xoshiro128++, whose words become deviates by the Box-Muller transform.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>

#include "../backend/operation.h"

namespace {

constexpr int kLanes = 16;
typedef float F __attribute__((vector_size(4 * kLanes)));
typedef int32_t I __attribute__((vector_size(4 * kLanes)));
typedef uint32_t U __attribute__((vector_size(4 * kLanes)));

INLINE F as_float(I x) { F r; std::memcpy(&r, &x, sizeof r); return r; }
INLINE I as_int(F x) { I r; std::memcpy(&r, &x, sizeof r); return r; }
INLINE F to_float(I x) { return __builtin_convertvector(x, F); }

// Natural logarithm of numbers in (0, 1]; polynomial of Moshier's Cephes, error below 1e-7.
INLINE F logarithm(F u) {
  I bits = as_int(u), exponent = (bits - 0x3f3504f3) >> 23;
  F f = as_float(bits - (exponent << 23)) - 1.0f, z = f * f, e = to_float(exponent);
  F y = 7.0376836292e-2f * f - 1.1514610310e-1f;
  y = y * f + 1.1676998740e-1f; y = y * f - 1.2420140846e-1f; y = y * f + 1.4249322787e-1f;
  y = y * f - 1.6668057665e-1f; y = y * f + 2.0000714765e-1f; y = y * f - 2.4999993993e-1f;
  y = y * f + 3.3333331174e-1f;
  return f + (y * f * z - 2.12194440e-4f * e - 0.5f * z) + 0.693359375f * e;
}

struct Lanes { U a, b, c, d; };

INLINE U next(Lanes& s) {  // xoshiro128++
  U sum = s.a + s.d, result = ((sum << 7) | (sum >> 25)) + s.a, t = s.b << 9;
  s.c ^= s.a; s.d ^= s.b; s.b ^= s.c; s.a ^= s.d; s.c ^= t;
  s.d = (s.d << 11) | (s.d >> 21);
  return result;
}

INLINE uint64_t scramble(uint64_t& state) {  // splitmix64
  uint64_t z = (state += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

INLINE Lanes seeded(uint64_t seed, uint64_t block) {
  Lanes s;
  uint64_t state = seed;
  state = scramble(state) ^ (block * 0xd1342543de82ef95ull + 1);
  for (int l = 0; l < kLanes; l++) {
    uint64_t x = scramble(state), y = scramble(state);
    s.a[l] = uint32_t(x); s.b[l] = uint32_t(x >> 32); s.c[l] = uint32_t(y); s.d[l] = uint32_t(y >> 32) | 1u;
  }
  return s;
}

// Two per lane: independent standard normal deviates (Box and Muller 1958), |value| < 6.7.
INLINE void normals(Lanes& s, float* out) {
  F u = (to_float((I)(next(s) >> 1)) + 0.5f) * 4.656612873e-10f;
  U turn = next(s);
  F square = -2.0f * logarithm(u), r;
  for (int l = 0; l < kLanes; l++) r[l] = __builtin_sqrtf(square[l] > 0 ? square[l] : 0);
  F x = to_float((I)(turn << 2)) * 3.657203245e-10f, z = x * x;  // pi/2 in 2^32 steps, within +-pi/4
  F sine = x + x * z * (-1.6666654611e-1f + z * (8.3321608736e-3f - 1.9515295891e-4f * z));
  F cosine = 1.0f - 0.5f * z + z * z * (4.166664568e-2f + z * (-1.388731625e-3f + 2.443315712e-5f * z));
  I odd = (I)((turn << 1) & 0x80000000u) >> 31;  // odd quadrants swap sine and cosine
  I sign = (I)(turn & 0x80000000u), flip = (I)((turn ^ (turn << 1)) & 0x80000000u);
  I c = as_int(cosine), n = as_int(sine);
  F first = as_float(((c & ~odd) | (n & odd)) ^ flip), second = as_float(((n & ~odd) | (c & odd)) ^ sign);
  first *= r; second *= r;
  std::memcpy(out, &first, sizeof first);
  std::memcpy(out + kLanes, &second, sizeof second);
}

// Deviates number 0 to n of a block, into room for up to 2 kLanes more.
CLONES void noise_pass(uint64_t seed, int64_t block, float* noise, int64_t n) {
  Lanes s = seeded(seed, block);
  for (int64_t i = 0; i < n; i += 2 * kLanes) normals(s, noise + i);
}

}  // namespace
