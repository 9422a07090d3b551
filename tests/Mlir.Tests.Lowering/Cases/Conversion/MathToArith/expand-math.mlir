// pipeline: expand-math,canonicalize,cse
// A reciprocal square root is two instructions.
func.func @rsqrt(%x: f64) -> f64 {
  %r = math.rsqrt %x : f64
  return %r : f64
}
// -----
// Vectors as scalars.
func.func @vector(%x: vector<8xf32>) -> vector<8xf32> {
  %r = math.rsqrt %x : vector<8xf32>
  return %r : vector<8xf32>
}
// -----
// Halves compute in f32.
func.func @half(%x: f16) -> f16 {
  %r = math.rsqrt %x : f16
  return %r : f16
}
// -----
// Tensors wait until they are loops.
func.func @tensor(%x: tensor<?xf64>) -> tensor<?xf64> {
  %r = math.exp %x : tensor<?xf64>
  return %r : tensor<?xf64>
}
// -----
// Halves away from zero: the number just below one half is added, and the sign put back.
func.func @round(%x: f64) -> f64 {
  %r = math.round %x : f64
  return %r : f64
}
// -----
// What hardware does stays.
func.func @hardware(%x: f64) -> f64 {
  %0 = math.sqrt %x : f64
  %1 = math.floor %0 : f64
  %2 = math.fma %1, %x, %0 : f64
  return %2 : f64
}
// -----
// A clamp is a maximum and a minimum.
func.func @clamp(%x: f64, %low: f64, %high: f64) -> f64 {
  %r = math.clampf %x to [%low, %high] : f64
  return %r : f64
}
// -----
// A known small exponent needs no logarithm.
func.func @square(%x: f64) -> f64 {
  %two = arith.constant 2.0 : f64
  %r = math.powf %x, %two : f64
  return %r : f64
}
// -----
// Nor does a square root, but for minus infinity.
func.func @root(%x: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %r = math.powf %x, %half : f64
  return %r : f64
}
// -----
func.func @cube(%x: f32) -> f32 {
  %three = arith.constant 3 : i32
  %r = math.fpowi %x, %three : f32, i32
  return %r : f32
}
// -----
// The exponential: x = k ln 2 + r, a polynomial in r, and 2^k from exponent bits in two factors.
func.func @exp(%x: f32) -> f32 {
  %r = math.exp %x : f32
  return %r : f32
}
