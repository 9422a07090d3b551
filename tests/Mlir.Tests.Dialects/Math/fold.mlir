func.func @absf() -> f64 attributes {test.expect = [1.5 : f64]} {
  %a = arith.constant -1.5 : f64
  %r = math.absf %a : f64
  return %r : f64
}
// -----
func.func @absf_zero() -> f32 attributes {test.expect = [0.0 : f32]} {
  %a = arith.constant -0.0 : f32
  %r = math.absf %a : f32
  return %r : f32
}
// -----
func.func @ceil() -> f64 attributes {test.expect = [-0.0 : f64]} {
  %a = arith.constant -0.5 : f64
  %r = math.ceil %a : f64
  return %r : f64
}
// -----
func.func @floor() -> f64 attributes {test.expect = [-1.0 : f64]} {
  %a = arith.constant -0.5 : f64
  %r = math.floor %a : f64
  return %r : f64
}
// -----
func.func @trunc() -> f64 attributes {test.expect = [-1.0 : f64]} {
  %a = arith.constant -1.5 : f64
  %r = math.trunc %a : f64
  return %r : f64
}
// -----
func.func @round() -> f64 attributes {test.expect = [3.0 : f64]} {
  %a = arith.constant 2.5 : f64
  %r = math.round %a : f64
  return %r : f64
}
// -----
func.func @roundeven() -> f64 attributes {test.expect = [2.0 : f64]} {
  %a = arith.constant 2.5 : f64
  %r = math.roundeven %a : f64
  return %r : f64
}
// -----
func.func @sqrt() -> f32 attributes {test.expect = [0x3FB504F3 : f32]} {
  %a = arith.constant 2.0 : f32
  %r = math.sqrt %a : f32
  return %r : f32
}
// -----
func.func @absi() -> i8 attributes {test.expect = [-128 : i8]} {
  %a = arith.constant -128 : i8
  %r = math.absi %a : i8
  return %r : i8
}
// -----
func.func @ctlz() -> i16 attributes {test.expect = [15 : i16]} {
  %a = arith.constant 1 : i16
  %r = math.ctlz %a : i16
  return %r : i16
}
// -----
func.func @cttz() -> i16 attributes {test.expect = [3 : i16]} {
  %a = arith.constant 8 : i16
  %r = math.cttz %a : i16
  return %r : i16
}
// -----
func.func @cttz_zero() -> i16 attributes {test.expect = [16 : i16]} {
  %a = arith.constant 0 : i16
  %r = math.cttz %a : i16
  return %r : i16
}
// -----
func.func @ctpop() -> i32 attributes {test.expect = [32 : i32]} {
  %a = arith.constant -1 : i32
  %r = math.ctpop %a : i32
  return %r : i32
}
// -----
func.func @isfinite_true() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 1.0 : f32
  %r = math.isfinite %a : f32
  return %r : i1
}
// -----
func.func @isinf_true() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 0x7F800000 : f32
  %r = math.isinf %a : f32
  return %r : i1
}
// -----
func.func @isnan_true() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 0x7FC00000 : f32
  %r = math.isnan %a : f32
  return %r : i1
}
// -----
func.func @isnormal_false() -> i1 attributes {test.expect = [false]} {
  %a = arith.constant 0x00000001 : f32
  %r = math.isnormal %a : f32
  return %r : i1
}
// -----
func.func @isnormal_true() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 1.0 : f32
  %r = math.isnormal %a : f32
  return %r : i1
}
// -----
func.func @copysign() -> f64 attributes {test.expect = [-1.5 : f64]} {
  %a = arith.constant 1.5 : f64
  %b = arith.constant -0.0 : f64
  %r = math.copysign %a, %b : f64
  return %r : f64
}
// -----
func.func @fma() -> f64 attributes {test.expect = [0x3CC0000000000000 : f64]} {
  %a = arith.constant 0x3FF0000000000001 : f64
  %c = arith.constant -1.0 : f64
  %r = math.fma %a, %a, %c : f64
  return %r : f64
}
// -----
func.func @fma_f16() -> f16 attributes {test.expect = [1.0009765625 : f16]} {
  %a = arith.constant 1.0009765625 : f16
  %b = arith.constant 0.0004882812500 : f16
  %c = arith.constant 1.0 : f16
  %r = math.fma %a, %b, %c : f16
  return %r : f16
}
// -----
func.func @clampf() -> f64 attributes {test.expect = [1.0 : f64]} {
  %a = arith.constant 5.0 : f64
  %l = arith.constant 0.0 : f64
  %h = arith.constant 1.0 : f64
  %r = math.clampf %a to [%l, %h] : f64
  return %r : f64
}
// -----
func.func @ipowi() -> i32 attributes {test.expect = [243 : i32]} {
  %a = arith.constant 3 : i32
  %b = arith.constant 5 : i32
  %r = math.ipowi %a, %b : i32
  return %r : i32
}
// -----
func.func @ipowi_negative() -> i32 attributes {test.expect = [-1 : i32]} {
  %a = arith.constant -1 : i32
  %b = arith.constant -5 : i32
  %r = math.ipowi %a, %b : i32
  return %r : i32
}
