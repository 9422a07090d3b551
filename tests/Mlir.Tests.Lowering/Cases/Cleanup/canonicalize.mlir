// pipeline: canonicalize
// Constants gather to the right and meet.
func.func @chain(%x: i32) -> i32 {
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %0 = arith.addi %x, %c1 : i32
  %1 = arith.addi %0, %c2 : i32
  return %1 : i32
}
// -----
// =>
module {
  func.func @chain(%x: i32) -> i32 {
    %c3_i32 = arith.constant 3 : i32
    %0 = arith.addi %x, %c3_i32 : i32
    return %0 : i32
  }
}
// -----
// A branch on a constant is a straight line.
func.func @branch(%x: i32) -> i32 {
  %true = arith.constant true
  cf.cond_br %true, ^bb1(%x : i32), ^bb2
^bb1(%y: i32):
  return %y : i32
^bb2:
  return %x : i32
}
// -----
// =>
module {
  func.func @branch(%x: i32) -> i32 {
    return %x : i32
  }
}
// -----
// A loop that runs once is its body.
func.func @once(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %c1 step %c1 iter_args(%a = %x) -> (f64) {
    %s = arith.addf %a, %x : f64
    scf.yield %s : f64
  }
  return %r : f64
}
// -----
// =>
module {
  func.func @once(%x: f64) -> f64 {
    %s = arith.addf %x, %x : f64
    return %s : f64
  }
}
