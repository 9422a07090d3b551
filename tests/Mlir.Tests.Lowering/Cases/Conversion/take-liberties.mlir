// pipeline: relax-floats,take-liberties
// Products are fused into sums of the same block, once; flags are gone afterwards.
func.func @fuse(%a: f64, %b: f64, %c: f64) -> (f64, f64, f64) {
  %p = arith.mulf %a, %b : f64
  %sum = arith.addf %p, %c : f64
  %q = arith.mulf %a, %c : f64
  %less = arith.subf %b, %q : f64
  %shared = arith.mulf %b, %b : f64
  %twice = arith.addf %shared, %shared : f64
  return %sum, %less, %twice : f64, f64, f64
}
// -----
// =>
module {
  func.func @fuse(%a: f64, %b: f64, %c: f64) -> (f64, f64, f64) {
    %0 = math.fma %a, %b, %c : f64
    %1 = arith.negf %a : f64
    %2 = math.fma %1, %c, %b : f64
    %shared = arith.mulf %b, %b : f64
    %twice = arith.addf %shared, %shared : f64
    return %0, %2, %twice : f64, f64, f64
  }
}
