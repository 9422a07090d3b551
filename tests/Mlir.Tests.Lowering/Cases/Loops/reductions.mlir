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
    %cst_1 = arith.constant -0.000000e+00 : f64
    %c1 = arith.constant 1 : index
    %c8191 = arith.constant 8191 : index
    %c8192 = arith.constant 8192 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %0 = arith.addi %dim, %c8191 : index
    %1 = arith.divui %0, %c8192 : index
    %2 = arith.maxsi %1, %c1 : index
    %alloc = memref.alloc(%2) : memref<?xf64>
    memref.store %cst_1, %alloc[%c0] : memref<?xf64>
    scf.parallel (%arg0) = (%c0) to (%1) step (%c1) {
      %7 = arith.muli %arg0, %c8192 : index
      %8 = arith.addi %7, %c8192 : index
      %9 = arith.minsi %8, %dim : index
      %10 = arith.subi %9, %7 : index
      %11 = arith.divui %10, %c32 : index
      %12 = arith.muli %11, %c32 : index
      %13 = arith.addi %7, %12 : index
      %14 = scf.for %arg1 = %7 to %13 step %c32 iter_args(%arg2 = %cst_0) -> (vector<32xf64>) {
        %31 = vector.load %x[%arg1] : memref<?xf64>, vector<32xf64>
        %32 = arith.addf %arg2, %31 : vector<32xf64>
        scf.yield %32 : vector<32xf64>
      }
      %15 = scf.for %arg1 = %13 to %9 step %c32 iter_args(%arg2 = %14) -> (vector<32xf64>) {
        %31 = arith.subi %9, %arg1 : index
        %32 = vector.create_mask %31 : vector<32xi1>
        %33 = vector.maskedload %x[%arg1], %32, %cst : memref<?xf64>, vector<32xi1>, vector<32xf64> into vector<32xf64>
        %34 = arith.addf %arg2, %33 : vector<32xf64>
        %35 = arith.select %32, %34, %arg2 : vector<32xi1>, vector<32xf64>
        scf.yield %35 : vector<32xf64>
      }
      %16 = vector.shuffle %15, %15 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<32xf64>, vector<32xf64>
      %17 = vector.shuffle %15, %15 [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31] : vector<32xf64>, vector<32xf64>
      %18 = arith.addf %16, %17 : vector<16xf64>
      %19 = vector.shuffle %18, %18 [0, 1, 2, 3, 4, 5, 6, 7] : vector<16xf64>, vector<16xf64>
      %20 = vector.shuffle %18, %18 [8, 9, 10, 11, 12, 13, 14, 15] : vector<16xf64>, vector<16xf64>
      %21 = arith.addf %19, %20 : vector<8xf64>
      %22 = vector.shuffle %21, %21 [0, 1, 2, 3] : vector<8xf64>, vector<8xf64>
      %23 = vector.shuffle %21, %21 [4, 5, 6, 7] : vector<8xf64>, vector<8xf64>
      %24 = arith.addf %22, %23 : vector<4xf64>
      %25 = vector.shuffle %24, %24 [0, 1] : vector<4xf64>, vector<4xf64>
      %26 = vector.shuffle %24, %24 [2, 3] : vector<4xf64>, vector<4xf64>
      %27 = arith.addf %25, %26 : vector<2xf64>
      %28 = vector.extract %27[0] : f64 from vector<2xf64>
      %29 = vector.extract %27[1] : f64 from vector<2xf64>
      %30 = arith.addf %28, %29 : f64
      memref.store %30, %alloc[%arg0] : memref<?xf64>
      scf.reduce
    } {mlir.grain = 1 : i64}
    %3 = scf.while (%arg0 = %1) : (index) -> index {
      %7 = arith.cmpi slt, %c1, %arg0 : index
      scf.condition(%7) %arg0 : index
    } do {
    ^bb0(%arg0: index):
      %7 = arith.divui %arg0, %c2 : index
      %8 = arith.subi %arg0, %7 : index
      scf.for %arg1 = %c0 to %7 step %c1 {
        %10 = arith.muli %arg1, %c2 : index
        %11 = arith.addi %10, %c1 : index
        %12 = memref.load %alloc[%10] : memref<?xf64>
        %13 = memref.load %alloc[%11] : memref<?xf64>
        %14 = arith.addf %12, %13 : f64
        memref.store %14, %alloc[%arg1] : memref<?xf64>
      }
      %9 = arith.cmpi slt, %7, %8 : index
      scf.if %9 {
        %10 = arith.subi %arg0, %c1 : index
        %11 = memref.load %alloc[%10] : memref<?xf64>
        memref.store %11, %alloc[%7] : memref<?xf64>
      }
      scf.yield %8 : index
    }
    %4 = memref.load %alloc[%c0] : memref<?xf64>
    %5 = memref.load %r[] : memref<f64>
    %6 = arith.addf %5, %4 : f64
    memref.store %6, %r[] : memref<f64>
    memref.dealloc %alloc : memref<?xf64>
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
