// What has no defined result is an error with a place.
func.func @divide(%a: i32, %b: i32) -> i32 attributes {test.runs = [
  {args = [7 : i32, -2 : i32], results = [-3 : i32]},
  {args = [7 : i32, 0 : i32], error = "UndefinedBehaviorException: 'arith.divsi' divides by zero"},
  {args = [-2147483648 : i32, -1 : i32], error = "UndefinedBehaviorException: overflows"}]} {
  %r = arith.divsi %a, %b : i32
  return %r : i32
}
// -----
func.func @shift(%a: i32, %b: i32) -> i32 attributes {test.runs = [
  {args = [3 : i32, 4 : i32], results = [48 : i32]},
  {args = [1 : i32, 32 : i32], error = "UndefinedBehaviorException: shifts by 32 bits"},
  {args = [1 : i32, -1 : i32], error = "UndefinedBehaviorException: shifts by"}]} {
  %r = arith.shli %a, %b : i32
  return %r : i32
}
// -----
// Operations with two results.
func.func @extended(%a: i64, %b: i64) -> (i64, i1, i64, i64) attributes {test.runs = [
  {args = [-1 : i64, 2 : i64], results = [1 : i64, true, -1 : i64, 1 : i64]}, {args = [5 : i64, 6 : i64], results = [11 : i64, false, 0 : i64, 0 : i64]}]} {
  %s, %o = arith.addui_extended %a, %b : i64, i1
  %l, %h = arith.mulsi_extended %a, %b : i64
  %m, %u = arith.mului_extended %a, %b : i64
  return %s, %o, %h, %u : i64, i1, i64, i64
}
// -----
// Integers wider than a register.
func.func @wide(%a: i64, %b: i64) -> i64 attributes {test.runs = [{args = [9223372036854775807 : i64, 10 : i64], results = [4 : i64]}]} {
  %x = arith.extsi %a : i64 to i128
  %y = arith.extsi %b : i64 to i128
  %z = arith.muli %x, %y : i128
  %c = arith.constant 64 : i128
  %h = arith.shrsi %z, %c : i128
  %r = arith.trunci %h : i128 to i64
  %s = arith.trunci %x : i128 to i64
  %t = arith.subi %s, %a : i64
  %u = arith.addi %r, %t : i64
  return %u : i64
}
// -----
// Each format rounds for itself; fma rounds once.
func.func @rounding(%a: f32, %b: f32, %c: f32) -> (f32, f32) attributes {test.runs = [
  {args = [0x3F800400 : f32, 0x3F800400 : f32, -1.0 : f32], results = [0x39800000 : f32, 0x39800200 : f32]}]} {
  %p = arith.mulf %a, %b : f32
  %s = arith.addf %p, %c : f32
  %f = math.fma %a, %b, %c : f32
  return %s, %f : f32, f32
}
// -----
// Conversions to integers saturate, NaN is zero.
func.func @to_integers(%x: f64) -> (i8, i8, i64) attributes {test.runs = [
  {args = [-3.9 : f64], results = [-3 : i8, 0 : i8, -3 : i64]}, {args = [300.0 : f64], results = [127 : i8, -1 : i8, 300 : i64]}, {args = [0x7FF8000000000000 : f64], results = [0 : i8, 0 : i8, 0 : i64]}]} {
  %a = arith.fptosi %x : f64 to i8
  %b = arith.fptoui %x : f64 to i8
  %c = arith.fptosi %x : f64 to i64
  return %a, %b, %c : i8, i8, i64
}
// -----
// Rounding modes.
func.func @modes(%x: f64) -> (f32, f32, f32, f32, f32) attributes {test.runs = [
  {args = [0.1 : f64], results = [0x3DCCCCCD : f32, 0x3DCCCCCC : f32, 0x3DCCCCCD : f32, 0x3DCCCCCC : f32, 0x3DCCCCCD : f32]},
  {args = [-0.1 : f64], results = [0xBDCCCCCD : f32, 0xBDCCCCCD : f32, 0xBDCCCCCC : f32, 0xBDCCCCCC : f32, 0xBDCCCCCD : f32]},
  {args = [16777217.0 : f64], results = [16777216.0 : f32, 16777216.0 : f32, 16777218.0 : f32, 16777216.0 : f32, 16777218.0 : f32]}]} {
  %a = arith.truncf %x to_nearest_even : f64 to f32
  %b = arith.truncf %x downward : f64 to f32
  %c = arith.truncf %x upward : f64 to f32
  %d = arith.truncf %x toward_zero : f64 to f32
  %e = arith.truncf %x to_nearest_away : f64 to f32
  return %a, %b, %c, %d, %e : f32, f32, f32, f32, f32
}
// -----
// Elementary functions that no pass has expanded.
func.func @functions(%x: f64) -> (f64, f64, f64, f64, f64) attributes {test.runs = [{args = [0.0 : f64], results = [1.0 : f64, 0.0 : f64, 0.0 : f64, 1.0 : f64, 0.0 : f64]}]} {
  %a = math.exp %x : f64
  %b = math.sin %x : f64
  %c = math.erf %x : f64
  %d = math.erfc %x : f64
  %e = math.log1p %x : f64
  return %a, %b, %c, %d, %e : f64, f64, f64, f64, f64
}
// -----
// Truth values at the border.
func.func @truth(%a: i1, %b: i1) -> (i1, i1, i32, i32, i1) attributes {test.runs = [
  {args = [true, false], results = [true, true, 1 : i32, -1 : i32, false]}, {args = [true, true], results = [true, false, 1 : i32, -1 : i32, true]}]} {
  %o = arith.ori %a, %b : i1
  %x = arith.xori %a, %b : i1
  %u = arith.extui %a : i1 to i32
  %s = arith.extsi %a : i1 to i32
  %e = arith.cmpi eq, %a, %b : i1
  return %o, %x, %u, %s, %e : i1, i1, i32, i32, i1
}
