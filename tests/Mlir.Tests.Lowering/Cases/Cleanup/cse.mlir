// pipeline: cse
// Equal pure operations become one, also with swapped operands where that does not matter.
func.func @sums(%a: i32, %b: i32) -> i32 {
  %0 = arith.addi %a, %b : i32
  %1 = arith.addi %b, %a : i32
  %2 = arith.muli %0, %1 : i32
  return %2 : i32
}
// -----
// =>
module {
  func.func @sums(%a: i32, %b: i32) -> i32 {
    %0 = arith.addi %a, %b : i32
    %1 = arith.muli %0, %0 : i32
    return %1 : i32
  }
}
// -----
// What only one side of a branch computes is no use to the other side.
func.func @sides(%c: i1, %a: f64) -> f64 {
  %r = scf.if %c -> (f64) {
    %0 = arith.mulf %a, %a : f64
    scf.yield %0 : f64
  } else {
    %1 = arith.mulf %a, %a : f64
    %2 = arith.negf %1 : f64
    scf.yield %2 : f64
  }
  return %r : f64
}
// -----
// =>
module {
  func.func @sides(%c: i1, %a: f64) -> f64 {
    %r = scf.if %c -> (f64) {
      %0 = arith.mulf %a, %a : f64
      scf.yield %0 : f64
    } else {
      %0 = arith.mulf %a, %a : f64
      %1 = arith.negf %0 : f64
      scf.yield %1 : f64
    }
    return %r : f64
  }
}
// -----

// Structured operations with equal bodies are one.
func.func @sums(%x: tensor<?xf64>, %zero: tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
  %0 = linalg.reduce ins(%x : tensor<?xf64>) outs(%zero : tensor<f64>) dimensions = [0] (%in: f64, %sum: f64) {
    %a = arith.addf %sum, %in : f64
    linalg.yield %a : f64
  }
  %1 = linalg.reduce ins(%x : tensor<?xf64>) outs(%zero : tensor<f64>) dimensions = [0] (%in: f64, %sum: f64) {
    %a = arith.addf %sum, %in : f64
    linalg.yield %a : f64
  }
  %2 = linalg.reduce ins(%x : tensor<?xf64>) outs(%zero : tensor<f64>) dimensions = [0] (%in: f64, %sum: f64) {
    %a = arith.mulf %sum, %in : f64
    linalg.yield %a : f64
  }
  return %0, %1, %2 : tensor<f64>, tensor<f64>, tensor<f64>
}
// -----
// =>
module {
  func.func @sums(%x: tensor<?xf64>, %zero: tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
    %reduced = linalg.reduce { arith.addf } ins(%x : tensor<?xf64>) outs(%zero : tensor<f64>) dimensions = [0]
    %reduced_0 = linalg.reduce { arith.mulf } ins(%x : tensor<?xf64>) outs(%zero : tensor<f64>) dimensions = [0]
    return %reduced, %reduced, %reduced_0 : tensor<f64>, tensor<f64>, tensor<f64>
  }
}
