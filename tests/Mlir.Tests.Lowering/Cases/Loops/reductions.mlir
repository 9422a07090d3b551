// pipeline: linalg-to-loops,canonicalize,cse
// Leaves in parallel, lanes inside a leaf, and the tree that joins them.
func.func @sum(%x: memref<?xf64>, %r: memref<f64>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xf64>) outs(%r : memref<f64>) {
  ^bb0(%a: f64, %acc: f64):
    %s = arith.addf %acc, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// =>
module {
  func.func @sum(%x: memref<?xf64>, %r: memref<f64>) {
    %c2 = arith.constant 2 : index
    %cst = arith.constant dense<0.000000e+00> : vector<32xf64>
    %c32 = arith.constant 32 : index
    %cst_0 = arith.constant dense<-0.000000e+00> : vector<32xf64>
    %c1 = arith.constant 1 : index
    %c128 = arith.constant 128 : index
    %cst_1 = arith.constant -0.000000e+00 : f64
    %c8191 = arith.constant 8191 : index
    %c8192 = arith.constant 8192 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %0 = arith.addi %dim, %c8191 : index
    %1 = arith.divui %0, %c8192 : index
    %2 = arith.cmpi slt, %c128, %1 : index
    %alloca = memref.alloca() : memref<128xf64>
    %3 = scf.if %2 -> (memref<?xf64>) {
      %alloc = memref.alloc(%1) : memref<?xf64>
      scf.yield %alloc : memref<?xf64>
    } else {
      %cast = memref.cast %alloca : memref<128xf64> to memref<?xf64>
      scf.yield %cast : memref<?xf64>
    }
    memref.store %cst_1, %3[%c0] : memref<?xf64>
    scf.parallel (%arg0) = (%c0) to (%1) step (%c1) {
      %8 = arith.muli %arg0, %c8192 : index
      %9 = arith.addi %8, %c8192 : index
      %10 = arith.minsi %9, %dim : index
      %11 = arith.subi %10, %8 : index
      %12 = arith.divui %11, %c32 : index
      %13 = arith.muli %12, %c32 : index
      %14 = arith.addi %8, %13 : index
      %15 = scf.for %arg1 = %8 to %14 step %c32 iter_args(%arg2 = %cst_0) -> (vector<32xf64>) {
        %33 = vector.load %x[%arg1] : memref<?xf64>, vector<32xf64>
        %34 = arith.addf %arg2, %33 : vector<32xf64>
        scf.yield %34 : vector<32xf64>
      }
      %16 = arith.cmpi slt, %14, %10 : index
      %17 = scf.if %16 -> (vector<32xf64>) {
        %33 = arith.subi %10, %14 : index
        %34 = vector.create_mask %33 : vector<32xi1>
        %35 = vector.maskedload %x[%14], %34, %cst : memref<?xf64>, vector<32xi1>, vector<32xf64> into vector<32xf64>
        %36 = arith.addf %15, %35 : vector<32xf64>
        %37 = arith.select %34, %36, %15 : vector<32xi1>, vector<32xf64>
        scf.yield %37 : vector<32xf64>
      } else {
        scf.yield %15 : vector<32xf64>
      }
      %18 = vector.shuffle %17, %17 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<32xf64>, vector<32xf64>
      %19 = vector.shuffle %17, %17 [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31] : vector<32xf64>, vector<32xf64>
      %20 = arith.addf %18, %19 : vector<16xf64>
      %21 = vector.shuffle %20, %20 [0, 1, 2, 3, 4, 5, 6, 7] : vector<16xf64>, vector<16xf64>
      %22 = vector.shuffle %20, %20 [8, 9, 10, 11, 12, 13, 14, 15] : vector<16xf64>, vector<16xf64>
      %23 = arith.addf %21, %22 : vector<8xf64>
      %24 = vector.shuffle %23, %23 [0, 1, 2, 3] : vector<8xf64>, vector<8xf64>
      %25 = vector.shuffle %23, %23 [4, 5, 6, 7] : vector<8xf64>, vector<8xf64>
      %26 = arith.addf %24, %25 : vector<4xf64>
      %27 = vector.shuffle %26, %26 [0, 1] : vector<4xf64>, vector<4xf64>
      %28 = vector.shuffle %26, %26 [2, 3] : vector<4xf64>, vector<4xf64>
      %29 = arith.addf %27, %28 : vector<2xf64>
      %30 = vector.extract %29[0] : f64 from vector<2xf64>
      %31 = vector.extract %29[1] : f64 from vector<2xf64>
      %32 = arith.addf %30, %31 : f64
      memref.store %32, %3[%arg0] : memref<?xf64>
      scf.reduce
    } {mlir.grain = 1 : i64}
    %4 = scf.while (%arg0 = %1) : (index) -> index {
      %8 = arith.cmpi slt, %c1, %arg0 : index
      scf.condition(%8) %arg0 : index
    } do {
    ^bb0(%arg0: index):
      %8 = arith.divui %arg0, %c2 : index
      %9 = arith.subi %arg0, %8 : index
      scf.for %arg1 = %c0 to %8 step %c1 {
        %11 = arith.muli %arg1, %c2 : index
        %12 = memref.load %3[%11] : memref<?xf64>
        %13 = arith.addi %11, %c1 : index
        %14 = memref.load %3[%13] : memref<?xf64>
        %15 = arith.addf %12, %14 : f64
        memref.store %15, %3[%arg1] : memref<?xf64>
      }
      %10 = arith.cmpi slt, %8, %9 : index
      scf.if %10 {
        %11 = arith.subi %arg0, %c1 : index
        %12 = memref.load %3[%11] : memref<?xf64>
        memref.store %12, %3[%8] : memref<?xf64>
      }
      scf.yield %9 : index
    }
    %5 = memref.load %3[%c0] : memref<?xf64>
    %6 = memref.load %r[] : memref<f64>
    %7 = arith.addf %6, %5 : f64
    memref.store %7, %r[] : memref<f64>
    scf.if %2 {
      memref.dealloc %3 : memref<?xf64>
    }
    return
  }
}
// -----
// pipeline: linalg-to-loops{parallel=false},canonicalize,cse
// A sum that checks each step keeps its order.
func.func @checked_sum(%x: memref<?xi32>, %r: memref<i32>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xi32>) outs(%r : memref<i32>) {
  ^bb0(%a: i32, %acc: i32):
    %s = arith.addi %acc, %a : i32
    %l = arith.cmpi slt, %s, %acc : i32
    %n = arith.constant true
    %ok = arith.xori %l, %n : i1
    cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."
    linalg.yield %s : i32
  }
  return
}
// -----
// =>
module {
  func.func @checked_sum(%x: memref<?xi32>, %r: memref<i32>) {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xi32>
    scf.for %arg0 = %c0 to %dim step %c1 {
      %0 = memref.load %x[%arg0] : memref<?xi32>
      %1 = memref.load %r[] : memref<i32>
      %s = arith.addi %1, %0 : i32
      %ok = arith.cmpi sge, %s, %1 : i32
      cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."
      memref.store %s, %r[] : memref<i32>
    }
    return
  }
}
