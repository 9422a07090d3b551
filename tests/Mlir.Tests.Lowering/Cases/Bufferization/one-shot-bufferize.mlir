// pipeline: elementwise-to-linalg,linalg-generalize-named-ops,one-shot-bufferize,canonicalize
// The result is allocated for the caller, the argument is only read.
func.func @square(%x: tensor<?xf64>) -> tensor<?xf64> {
  %0 = arith.mulf %x, %x : tensor<?xf64>
  return %0 : tensor<?xf64>
}
// -----
// A temporary is freed behind its last use.
func.func @temporary(%x: tensor<?xf64>, %y: tensor<?xf64>) -> f64 {
  %0 = arith.mulf %x, %y : tensor<?xf64>
  %zero = arith.constant 0.0 : f64
  %e = tensor.empty() : tensor<f64>
  %i = linalg.fill ins(%zero : f64) outs(%e : tensor<f64>) -> tensor<f64>
  %s = linalg.reduce { arith.addf } ins(%0 : tensor<?xf64>) outs(%i : tensor<f64>) dimensions = [0]
  %r = tensor.extract %s[] : tensor<f64>
  return %r : f64
}
// -----
// An argument that is returned is copied: the caller's array stays the caller's.
func.func @identity(%x: tensor<4xi32>) -> tensor<4xi32> {
  return %x : tensor<4xi32>
}
// -----
// The update is written in place, because nobody reads the tensor before it any more.
func.func @update(%n: index, %i: index, %v: f32) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  %0 = tensor.splat %zero[%n] : tensor<?xf32>
  %1 = tensor.insert %v into %0[%i] : tensor<?xf32>
  return %1 : tensor<?xf32>
}
// -----
// Both sides of a branch hand out memory of their own.
func.func @choose(%c: i1, %x: tensor<?xf32>) -> tensor<?xf32> {
  %r = scf.if %c -> (tensor<?xf32>) {
    %0 = arith.addf %x, %x : tensor<?xf32>
    scf.yield %0 : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
// -----
// An iteration frees what it was given unless it hands it on.
func.func @power(%n: index, %x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<?xf32>) {
    %0 = arith.mulf %a, %x : tensor<?xf32>
    scf.yield %0 : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
