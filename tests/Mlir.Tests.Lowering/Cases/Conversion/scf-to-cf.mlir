// pipeline: convert-scf-to-cf
// A loop with a carried value tests at its head.
func.func @sum(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %zero) -> (f64) {
    %b = arith.addf %a, %x : f64
    scf.yield %b : f64
  }
  return %s : f64
}
// -----
// =>
module {
  func.func @sum(%n: index, %x: f64) -> f64 {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %zero = arith.constant 0.000000e+00 : f64
    cf.br ^bb1(%c0, %zero : index, f64)
  ^bb1(%i: index, %a: f64):  // 2 preds: ^bb0, ^bb2
    %0 = arith.cmpi slt, %i, %n : index
    cf.cond_br %0, ^bb2, ^bb3(%a : f64)
  ^bb2:  // pred: ^bb1
    %b = arith.addf %a, %x : f64
    %1 = arith.addi %i, %c1 : index
    cf.br ^bb1(%1, %b : index, f64)
  ^bb3(%2: f64):  // pred: ^bb1
    return %2 : f64
  }
}
// -----
// Choices inside loops; what a choice yields becomes an argument.
func.func @clamp(%n: index, %m: memref<?xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %m[%i] : memref<?xi32>
    %neg = arith.cmpi slt, %v, %zero : i32
    %w = scf.if %neg -> (i32) {
      scf.yield %zero : i32
    } else {
      scf.yield %v : i32
    }
    scf.if %neg {
      memref.store %w, %m[%i] : memref<?xi32>
    }
  }
  return
}
// -----
// =>
module {
  func.func @clamp(%n: index, %m: memref<?xi32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %zero = arith.constant 0 : i32
    cf.br ^bb1(%c0 : index)
  ^bb1(%i: index):  // 2 preds: ^bb0, ^bb7
    %0 = arith.cmpi slt, %i, %n : index
    cf.cond_br %0, ^bb2, ^bb8
  ^bb2:  // pred: ^bb1
    %v = memref.load %m[%i] : memref<?xi32>
    %neg = arith.cmpi slt, %v, %zero : i32
    cf.cond_br %neg, ^bb3, ^bb4
  ^bb3:  // pred: ^bb2
    cf.br ^bb5(%zero : i32)
  ^bb4:  // pred: ^bb2
    cf.br ^bb5(%v : i32)
  ^bb5(%1: i32):  // 2 preds: ^bb3, ^bb4
    cf.cond_br %neg, ^bb6, ^bb7
  ^bb6:  // pred: ^bb5
    memref.store %1, %m[%i] : memref<?xi32>
    cf.br ^bb7
  ^bb7:  // 2 preds: ^bb5, ^bb6
    %2 = arith.addi %i, %c1 : index
    cf.br ^bb1(%2 : index)
  ^bb8:  // pred: ^bb1
    return
  }
}
// -----
// A loop that tests in the middle.
func.func @log2(%x: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %r:2 = scf.while (%v = %x, %k = %c0) : (i64, i64) -> (i64, i64) {
    %go = arith.cmpi ugt, %v, %c1 : i64
    scf.condition(%go) %v, %k : i64, i64
  } do {
  ^bb0(%v: i64, %k: i64):
    %h = arith.shrui %v, %c1 : i64
    %l = arith.addi %k, %c1 : i64
    scf.yield %h, %l : i64, i64
  }
  return %r#1 : i64
}
// -----
// =>
module {
  func.func @log2(%x: i64) -> i64 {
    %c0 = arith.constant 0 : i64
    %c1 = arith.constant 1 : i64
    cf.br ^bb1(%x, %c0 : i64, i64)
  ^bb1(%v: i64, %k: i64):  // 2 preds: ^bb0, ^bb2
    %go = arith.cmpi ugt, %v, %c1 : i64
    cf.cond_br %go, ^bb2(%v, %k : i64, i64), ^bb3(%v, %k : i64, i64)
  ^bb2(%v_0: i64, %k_0: i64):  // pred: ^bb1
    %h = arith.shrui %v_0, %c1 : i64
    %l = arith.addi %k_0, %c1 : i64
    cf.br ^bb1(%h, %l : i64, i64)
  ^bb3(%0: i64, %1: i64):  // pred: ^bb1
    return %1 : i64
  }
}
// -----
// Parallel loops run in order here; their reduction becomes a carried value.
func.func @norm(%n: index, %k: index, %m: memref<?x?xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %s = scf.parallel (%i, %j) = (%c0, %c0) to (%n, %k) step (%c1, %c1) init (%zero) -> f64 {
    %v = memref.load %m[%i, %j] : memref<?x?xf64>
    scf.reduce(%v : f64) {
    ^bb0(%a: f64, %b: f64):
      %c = arith.addf %a, %b : f64
      scf.reduce.return %c : f64
    }
  }
  return %s : f64
}
// -----
// =>
module {
  func.func @norm(%n: index, %k: index, %m: memref<?x?xf64>) -> f64 {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %zero = arith.constant 0.000000e+00 : f64
    cf.br ^bb1(%c0, %zero : index, f64)
  ^bb1(%i: index, %0: f64):  // 2 preds: ^bb0, ^bb5
    %1 = arith.cmpi slt, %i, %n : index
    cf.cond_br %1, ^bb2, ^bb6(%0 : f64)
  ^bb2:  // pred: ^bb1
    cf.br ^bb3(%c0, %0 : index, f64)
  ^bb3(%j: index, %2: f64):  // 2 preds: ^bb2, ^bb4
    %3 = arith.cmpi slt, %j, %k : index
    cf.cond_br %3, ^bb4, ^bb5(%2 : f64)
  ^bb4:  // pred: ^bb3
    %v = memref.load %m[%i, %j] : memref<?x?xf64>
    %c = arith.addf %2, %v : f64
    %4 = arith.addi %j, %c1 : index
    cf.br ^bb3(%4, %c : index, f64)
  ^bb5(%5: f64):  // pred: ^bb3
    %6 = arith.addi %i, %c1 : index
    cf.br ^bb1(%6, %5 : index, f64)
  ^bb6(%7: f64):  // pred: ^bb1
    return %7 : f64
  }
}
// -----
// Regions with several blocks, and choices between many.
func.func @pick(%i: index, %c: i1) -> i32 {
  %r = scf.index_switch %i -> i32
  case 2 {
    %a = arith.constant 20 : i32
    scf.yield %a : i32
  }
  case 5 {
    %a = arith.constant 50 : i32
    scf.yield %a : i32
  }
  default {
    %v = scf.execute_region -> i32 {
      %one = arith.constant 1 : i32
      cf.cond_br %c, ^bb1, ^bb2
    ^bb1:
      scf.yield %one : i32
    ^bb2:
      %two = arith.constant 2 : i32
      scf.yield %two : i32
    }
    scf.yield %v : i32
  }
  return %r : i32
}
// -----
// =>
module {
  func.func @pick(%i: index, %c: i1) -> i32 {
    %0 = arith.index_cast %i : index to i64
    cf.switch %0 : i64, [
      default: ^bb1,
      2: ^bb6,
      5: ^bb7
    ]
  ^bb1:  // pred: ^bb0
    cf.br ^bb2
  ^bb2:  // pred: ^bb1
    %one = arith.constant 1 : i32
    cf.cond_br %c, ^bb3, ^bb4
  ^bb3:  // pred: ^bb2
    cf.br ^bb5(%one : i32)
  ^bb4:  // pred: ^bb2
    %two = arith.constant 2 : i32
    cf.br ^bb5(%two : i32)
  ^bb5(%1: i32):  // 2 preds: ^bb3, ^bb4
    cf.br ^bb8(%1 : i32)
  ^bb6:  // pred: ^bb0
    %a = arith.constant 20 : i32
    cf.br ^bb8(%a : i32)
  ^bb7:  // pred: ^bb0
    %a_0 = arith.constant 50 : i32
    cf.br ^bb8(%a_0 : i32)
  ^bb8(%2: i32):  // 3 preds: ^bb5, ^bb6, ^bb7
    return %2 : i32
  }
}
