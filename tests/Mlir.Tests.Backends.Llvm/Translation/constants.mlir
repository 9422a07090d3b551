// Scalars, down to the payload of a NaN.
llvm.func @scalars(%p: !llvm.ptr) {
  %0 = llvm.mlir.constant(42 : i32) : i32
  llvm.store %0, %p : i32, !llvm.ptr
  %1 = llvm.mlir.constant(-7 : i64) : i64
  llvm.store %1, %p : i64, !llvm.ptr
  %2 = llvm.mlir.constant(true) : i1
  llvm.store %2, %p : i1, !llvm.ptr
  %3 = llvm.mlir.constant(1.500000e+00 : f64) : f64
  llvm.store %3, %p : f64, !llvm.ptr
  %4 = llvm.mlir.constant(0x7FC00001 : f32) : f32
  llvm.store %4, %p : f32, !llvm.ptr
  %5 = llvm.mlir.constant(0xFFF0000000000000 : f64) : f64
  llvm.store %5, %p : f64, !llvm.ptr
  %6 = llvm.mlir.constant(1.000000e-01 : f16) : f16
  llvm.store %6, %p : f16, !llvm.ptr
  %7 = llvm.mlir.constant(170141183460469231731687303715884105727 : i128) : i128
  llvm.store %7, %p : i128, !llvm.ptr
  llvm.return
}

// -----

// Vectors, one by one and all alike.
llvm.func @vectors(%p: !llvm.ptr) {
  %0 = llvm.mlir.constant(dense<[1, 2, 3, 4]> : vector<4xi32>) : vector<4xi32>
  llvm.store %0, %p : vector<4xi32>, !llvm.ptr
  %1 = llvm.mlir.constant(dense<2.500000e+00> : vector<8xf64>) : vector<8xf64>
  llvm.store %1, %p : vector<8xf64>, !llvm.ptr
  %2 = llvm.mlir.zero : vector<8xf64>
  llvm.store %2, %p : vector<8xf64>, !llvm.ptr
  %3 = llvm.mlir.zero : !llvm.ptr
  llvm.store %3, %p : !llvm.ptr, !llvm.ptr
  llvm.return
}

// -----

// Values that are none.
llvm.func @nothing(%p: !llvm.ptr) {
  %0 = llvm.mlir.undef : i32
  llvm.store %0, %p : i32, !llvm.ptr
  %1 = llvm.mlir.poison : f64
  llvm.store %1, %p : f64, !llvm.ptr
  llvm.return
}

// -----

// Globals with a value, with an initializer, with text, and one that is only declared.
llvm.mlir.global internal constant @table(dense<[1.000000e+00, 2.000000e+00, 4.000000e+00]> : tensor<3xf64>) : !llvm.array<3 x f64>
llvm.mlir.global internal @counter(5 : i64) {alignment = 64 : i64} : i64
llvm.mlir.global private unnamed_addr constant @name("kernel\00") : !llvm.array<7 x i8>
llvm.mlir.global internal constant @pair() : !llvm.struct<(i32, f32)> {
  %0 = llvm.mlir.undef : !llvm.struct<(i32, f32)>
  %1 = llvm.mlir.constant(3 : i32) : i32
  %2 = llvm.insertvalue %1, %0[0] : !llvm.struct<(i32, f32)>
  %3 = llvm.mlir.constant(2.500000e-01 : f32) : f32
  %4 = llvm.insertvalue %3, %2[1] : !llvm.struct<(i32, f32)>
  llvm.return %4 : !llvm.struct<(i32, f32)>
}
llvm.mlir.global external @elsewhere() : i32
llvm.func @globals(%i: i64) -> f64 {
  %0 = llvm.mlir.addressof @table : !llvm.ptr
  %1 = llvm.getelementptr inbounds %0[0, %i] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<3 x f64>
  %2 = llvm.load %1 : !llvm.ptr -> f64
  %3 = llvm.mlir.addressof @counter : !llvm.ptr
  %4 = llvm.load %3 : !llvm.ptr -> i64
  %5 = llvm.sitofp %4 : i64 to f64
  %6 = llvm.fadd %2, %5 : f64
  %7 = llvm.mlir.addressof @pair : !llvm.ptr
  %9 = llvm.load %7 : !llvm.ptr -> i32
  %10 = llvm.sitofp %9 : i32 to f64
  %11 = llvm.fadd %6, %10 : f64
  %12 = llvm.mlir.addressof @name : !llvm.ptr
  %13 = llvm.load %12 : !llvm.ptr -> i8
  %14 = llvm.uitofp %13 : i8 to f64
  %15 = llvm.fadd %11, %14 : f64
  llvm.return %15 : f64
}
