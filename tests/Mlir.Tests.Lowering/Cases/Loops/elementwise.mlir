// pipeline: linalg-to-loops{vector-bits=256 non-temporal-bytes=0},canonicalize,cse
// Chunks in parallel, whole vectors, then the rest under a mask.
func.func @square(%x: memref<?xf64>, %y: memref<?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf64>) outs(%y : memref<?xf64>) {
  ^bb0(%a: f64, %b: f64):
    %s = arith.mulf %a, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// =>
module {
  func.func @square(%x: memref<?xf64>, %y: memref<?xf64>) {
    %cst = arith.constant dense<0.000000e+00> : vector<4xf64>
    %c4 = arith.constant 4 : index
    %c16 = arith.constant 16 : index
    %c1 = arith.constant 1 : index
    %c4095 = arith.constant 4095 : index
    %c4096 = arith.constant 4096 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %0 = arith.addi %dim, %c4095 : index
    %1 = arith.divui %0, %c4096 : index
    scf.parallel (%arg0) = (%c0) to (%1) step (%c1) {
      %2 = arith.muli %arg0, %c4096 : index
      %3 = arith.addi %2, %c4096 : index
      %4 = arith.minsi %3, %dim : index
      %5 = arith.subi %4, %2 : index
      %6 = arith.divui %5, %c16 : index
      %7 = arith.muli %6, %c16 : index
      %8 = arith.addi %2, %7 : index
      scf.for %arg1 = %2 to %8 step %c16 {
        %9 = vector.load %x[%arg1] : memref<?xf64>, vector<16xf64>
        %10 = arith.mulf %9, %9 : vector<16xf64>
        vector.store %10, %y[%arg1] : memref<?xf64>, vector<16xf64>
      }
      scf.for %arg1 = %8 to %4 step %c4 {
        %9 = arith.subi %4, %arg1 : index
        %10 = vector.create_mask %9 : vector<4xi1>
        %11 = vector.maskedload %x[%arg1], %10, %cst : memref<?xf64>, vector<4xi1>, vector<4xf64> into vector<4xf64>
        %12 = arith.mulf %11, %11 : vector<4xf64>
        vector.maskedstore %y[%arg1], %10, %12 : memref<?xf64>, vector<4xi1>, vector<4xf64>
      }
      scf.reduce
    } {mlir.grain = 2 : i64}
    return
  }
}
// -----
// pipeline: linalg-to-loops{vector-bits=0 parallel=false},canonicalize,cse
// Without vectors and threads it is a plain loop.
func.func @plain(%x: memref<?xf64>, %y: memref<?xf64>, %k: f64) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf64>) outs(%y : memref<?xf64>) {
  ^bb0(%a: f64, %b: f64):
    %s = arith.mulf %a, %k : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// =>
module {
  func.func @plain(%x: memref<?xf64>, %y: memref<?xf64>, %k: f64) {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    scf.for %arg0 = %c0 to %dim step %c1 {
      %0 = memref.load %x[%arg0] : memref<?xf64>
      %s = arith.mulf %0, %k : f64
      memref.store %s, %y[%arg0] : memref<?xf64>
    }
    return
  }
}
// -----
// pipeline: linalg-to-loops{vector-bits=256 parallel=false non-temporal-bytes=0},canonicalize,cse
// A check fails when a lane fails; lanes that are switched off divide by one; a slow path runs when a lane needs it.
func.func @checked(%x: memref<?xi32>, %y: memref<?xi32>) {
  %c0 = arith.constant 0 : i32
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xi32>) outs(%y : memref<?xi32>) {
  ^bb0(%a: i32, %b: i32):
    %ok = arith.cmpi ne, %a, %c0 : i32
    cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
    %neg = arith.cmpi slt, %a, %c0 : i32
    %q = arith.divui %a, %a : i32
    %s = scf.if %neg -> (i32) {
      %m = arith.subi %c0, %a : i32
      scf.yield %m : i32
    } else {
      scf.yield %q : i32
    }
    linalg.yield %s : i32
  }
  return
}
// -----
// =>
module {
  func.func @checked(%x: memref<?xi32>, %y: memref<?xi32>) {
    %cst = arith.constant dense<true> : vector<8xi1>
    %cst_0 = arith.constant dense<1> : vector<8xi32>
    %cst_1 = arith.constant dense<0> : vector<8xi32>
    %c8 = arith.constant 8 : index
    %cst_2 = arith.constant dense<0> : vector<32xi32>
    %c32 = arith.constant 32 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xi32>
    %0 = arith.divui %dim, %c32 : index
    %1 = arith.muli %0, %c32 : index
    scf.for %arg0 = %c0 to %1 step %c32 {
      %2 = vector.load %x[%arg0] : memref<?xi32>, vector<32xi32>
      %3 = arith.cmpi ne, %2, %cst_2 : vector<32xi32>
      %4 = vector.reduction <and>, %3 : vector<32xi1> into i1
      cf.assert %4, "System.DivideByZeroException: Attempted to divide by zero."
      %5 = arith.cmpi slt, %2, %cst_2 : vector<32xi32>
      %6 = arith.divui %2, %2 : vector<32xi32>
      %7 = vector.reduction <or>, %5 : vector<32xi1> into i1
      %8 = scf.if %7 -> (vector<32xi32>) {
        %9 = arith.subi %cst_2, %2 : vector<32xi32>
        %10 = arith.select %5, %9, %6 : vector<32xi1>, vector<32xi32>
        scf.yield %10 : vector<32xi32>
      } else {
        scf.yield %6 : vector<32xi32>
      }
      vector.store %8, %y[%arg0] : memref<?xi32>, vector<32xi32>
    }
    scf.for %arg0 = %1 to %dim step %c8 {
      %2 = arith.subi %dim, %arg0 : index
      %3 = vector.create_mask %2 : vector<8xi1>
      %4 = vector.maskedload %x[%arg0], %3, %cst_1 : memref<?xi32>, vector<8xi1>, vector<8xi32> into vector<8xi32>
      %5 = arith.cmpi ne, %4, %cst_1 : vector<8xi32>
      %6 = arith.xori %3, %cst : vector<8xi1>
      %7 = arith.ori %5, %6 : vector<8xi1>
      %8 = vector.reduction <and>, %7 : vector<8xi1> into i1
      cf.assert %8, "System.DivideByZeroException: Attempted to divide by zero."
      %9 = arith.cmpi slt, %4, %cst_1 : vector<8xi32>
      %10 = arith.select %3, %4, %cst_0 : vector<8xi1>, vector<8xi32>
      %11 = arith.divui %4, %10 : vector<8xi32>
      %12 = arith.andi %9, %3 : vector<8xi1>
      %13 = vector.reduction <or>, %12 : vector<8xi1> into i1
      %14 = scf.if %13 -> (vector<8xi32>) {
        %15 = arith.subi %cst_1, %4 : vector<8xi32>
        %16 = arith.select %9, %15, %11 : vector<8xi1>, vector<8xi32>
        scf.yield %16 : vector<8xi32>
      } else {
        scf.yield %11 : vector<8xi32>
      }
      vector.maskedstore %y[%arg0], %3, %14 : memref<?xi32>, vector<8xi1>, vector<8xi32>
    }
    return
  }
}
