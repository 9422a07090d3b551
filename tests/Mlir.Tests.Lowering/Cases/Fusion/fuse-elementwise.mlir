// pipeline: elementwise-to-linalg,fuse-elementwise,canonicalize
// A chain is one operation; the scalar is used where it is needed.
func.func @chain(%x: tensor<?xf64>, %y: tensor<?xf64>, %r: f64) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %rs = tensor.splat %r[%n] : tensor<?xf64>
  %0 = arith.mulf %x, %rs : tensor<?xf64>
  %1 = math.exp %0 : tensor<?xf64>
  %2 = arith.addf %1, %y : tensor<?xf64>
  return %2 : tensor<?xf64>
}
// -----
// Two results over the same elements come from one operation.
func.func @siblings(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %e = math.exp %x : tensor<?xf32>
  %a = arith.addf %e, %x : tensor<?xf32>
  %b = arith.mulf %e, %x : tensor<?xf32>
  return %a, %b : tensor<?xf32>, tensor<?xf32>
}
// -----
// A temporary that is a result as well is computed once.
func.func @shared(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %e = math.exp %x : tensor<?xf32>
  %a = arith.addf %e, %x : tensor<?xf32>
  return %e, %a : tensor<?xf32>, tensor<?xf32>
}
