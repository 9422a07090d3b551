// pipeline: expand-math,canonicalize,cse
// A reciprocal square root is two instructions.
func.func @rsqrt(%x: f64) -> f64 {
  %r = math.rsqrt %x : f64
  return %r : f64
}
// -----
// =>
module {
  func.func @rsqrt(%x: f64) -> f64 {
    %cst = arith.constant 1.000000e+00 : f64
    %0 = math.sqrt %x : f64
    %1 = arith.divf %cst, %0 : f64
    return %1 : f64
  }
}
// -----
// Vectors as scalars.
func.func @vector(%x: vector<8xf32>) -> vector<8xf32> {
  %r = math.rsqrt %x : vector<8xf32>
  return %r : vector<8xf32>
}
// -----
// =>
module {
  func.func @vector(%x: vector<8xf32>) -> vector<8xf32> {
    %cst = arith.constant dense<1.000000e+00> : vector<8xf32>
    %0 = math.sqrt %x : vector<8xf32>
    %1 = arith.divf %cst, %0 : vector<8xf32>
    return %1 : vector<8xf32>
  }
}
// -----
// Halves compute in f32.
func.func @half(%x: f16) -> f16 {
  %r = math.rsqrt %x : f16
  return %r : f16
}
// -----
// =>
module {
  func.func @half(%x: f16) -> f16 {
    %cst = arith.constant 1.000000e+00 : f32
    %0 = arith.extf %x : f16 to f32
    %1 = math.sqrt %0 : f32
    %2 = arith.divf %cst, %1 : f32
    %3 = arith.truncf %2 : f32 to f16
    return %3 : f16
  }
}
// -----
// Tensors wait until they are loops.
func.func @tensor(%x: tensor<?xf64>) -> tensor<?xf64> {
  %r = math.exp %x : tensor<?xf64>
  return %r : tensor<?xf64>
}
// -----
// =>
module {
  func.func @tensor(%x: tensor<?xf64>) -> tensor<?xf64> {
    %r = math.exp %x : tensor<?xf64>
    return %r : tensor<?xf64>
  }
}
// -----
// Halves away from zero: the number just below one half is added, and the sign put back.
func.func @round(%x: f64) -> f64 {
  %r = math.round %x : f64
  return %r : f64
}
// -----
// =>
module {
  func.func @round(%x: f64) -> f64 {
    %cst = arith.constant 0.49999999999999994 : f64
    %0 = math.copysign %cst, %x : f64
    %1 = arith.addf %x, %0 : f64
    %2 = math.trunc %1 : f64
    %3 = math.copysign %2, %x : f64
    return %3 : f64
  }
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
// =>
module {
  func.func @hardware(%x: f64) -> f64 {
    %0 = math.sqrt %x : f64
    %1 = math.floor %0 : f64
    %2 = math.fma %1, %x, %0 : f64
    return %2 : f64
  }
}
// -----
// A clamp is a maximum and a minimum.
func.func @clamp(%x: f64, %low: f64, %high: f64) -> f64 {
  %r = math.clampf %x to [%low, %high] : f64
  return %r : f64
}
// -----
// =>
module {
  func.func @clamp(%x: f64, %low: f64, %high: f64) -> f64 {
    %0 = arith.maximumf %x, %low : f64
    %1 = arith.minimumf %0, %high : f64
    return %1 : f64
  }
}
// -----
// A known small exponent needs no logarithm.
func.func @square(%x: f64) -> f64 {
  %two = arith.constant 2.0 : f64
  %r = math.powf %x, %two : f64
  return %r : f64
}
// -----
// =>
module {
  func.func @square(%x: f64) -> f64 {
    %0 = arith.mulf %x, %x : f64
    return %0 : f64
  }
}
// -----
// Nor does a square root, but for minus infinity.
func.func @root(%x: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %r = math.powf %x, %half : f64
  return %r : f64
}
// -----
// =>
module {
  func.func @root(%x: f64) -> f64 {
    %cst = arith.constant 0x7FF0000000000000 : f64
    %cst_0 = arith.constant 0.000000e+00 : f64
    %cst_1 = arith.constant 0xFFF0000000000000 : f64
    %0 = arith.cmpf oeq, %x, %cst_1 : f64
    %1 = arith.addf %x, %cst_0 : f64
    %2 = math.sqrt %1 : f64
    %3 = arith.select %0, %cst, %2 : f64
    return %3 : f64
  }
}
// -----
func.func @cube(%x: f32) -> f32 {
  %three = arith.constant 3 : i32
  %r = math.fpowi %x, %three : f32, i32
  return %r : f32
}
// -----
// =>
module {
  func.func @cube(%x: f32) -> f32 {
    %0 = arith.mulf %x, %x : f32
    %1 = arith.mulf %0, %x : f32
    return %1 : f32
  }
}
// -----
// The exponential: x = k ln 2 + r, a polynomial in r, and 2^k from exponent bits in two factors.
func.func @exp(%x: f32) -> f32 {
  %r = math.exp %x : f32
  return %r : f32
}
// -----
// =>
module {
  func.func @exp(%x: f32) -> f32 {
    %c23_i32 = arith.constant 23 : i32
    %c1_i32 = arith.constant 1 : i32
    %cst = arith.constant 5.000000e-01 : f32
    %cst_0 = arith.constant 0.041666217 : f32
    %cst_1 = arith.constant 0.0013949864 : f32
    %cst_2 = arith.constant 0.16666521 : f32
    %cst_3 = arith.constant 0.008368659 : f32
    %cst_4 = arith.constant -1.9046542E-09 : f32
    %cst_5 = arith.constant 0.6931472 : f32
    %cst_6 = arith.constant 12583166.0 : f32
    %cst_7 = arith.constant 1.442695 : f32
    %cst_8 = arith.constant 8.900000e+01 : f32
    %cst_9 = arith.constant -1.050000e+02 : f32
    %0 = arith.cmpf olt, %x, %cst_9 : f32
    %1 = arith.select %0, %cst_9, %x : f32
    %2 = arith.cmpf olt, %cst_8, %1 : f32
    %3 = arith.select %2, %cst_8, %1 : f32
    %4 = math.fma %3, %cst_7, %cst_6 : f32
    %5 = arith.subf %4, %cst_6 : f32
    %6 = arith.bitcast %4 : f32 to i32
    %7 = arith.negf %5 : f32
    %8 = math.fma %7, %cst_5, %3 : f32
    %9 = math.fma %7, %cst_4, %8 : f32
    %10 = arith.mulf %9, %9 : f32
    %11 = math.fma %cst_3, %10, %cst_2 : f32
    %12 = math.fma %cst_1, %10, %cst_0 : f32
    %13 = math.fma %12, %10, %cst : f32
    %14 = math.fma %9, %11, %13 : f32
    %15 = math.fma %10, %14, %9 : f32
    %16 = arith.shrui %6, %c1_i32 : i32
    %17 = arith.shli %16, %c23_i32 : i32
    %18 = arith.bitcast %17 : i32 to f32
    %19 = math.fma %15, %18, %18 : f32
    %20 = arith.subi %6, %16 : i32
    %21 = arith.shli %20, %c23_i32 : i32
    %22 = arith.bitcast %21 : i32 to f32
    %23 = arith.mulf %19, %22 : f32
    return %23 : f32
  }
}
