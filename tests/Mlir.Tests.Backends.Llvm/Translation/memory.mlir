// Loads and stores with what they know about their address.
llvm.func @accesses(%p: !llvm.ptr, %q: !llvm.ptr) {
  %0 = llvm.load %p {alignment = 32 : i64} : !llvm.ptr -> vector<4xf64>
  llvm.store %0, %q {alignment = 64 : i64, nontemporal} : vector<4xf64>, !llvm.ptr
  %1 = llvm.load volatile %p : !llvm.ptr -> i32
  llvm.store volatile %1, %q : i32, !llvm.ptr
  %2 = llvm.load %p invariant : !llvm.ptr -> i8
  llvm.store %2, %q : i8, !llvm.ptr
  %3 = llvm.load %p atomic monotonic {alignment = 4 : i64} : !llvm.ptr -> i32
  llvm.store %3, %q atomic release {alignment = 4 : i64} : i32, !llvm.ptr
  llvm.return
}

// -----

// The stack, and addresses inside of what lies there.
llvm.func @stack(%n: i64) -> i64 {
  %one = llvm.mlir.constant(1 : i32) : i32
  %0 = llvm.alloca %one x !llvm.struct<(i64, array<4 x i64>)> {alignment = 16 : i64} : (i32) -> !llvm.ptr
  %1 = llvm.getelementptr inbounds %0[0, 1, %n] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.struct<(i64, array<4 x i64>)>
  llvm.store %n, %1 : i64, !llvm.ptr
  %2 = llvm.getelementptr %0[%n] : (!llvm.ptr, i64) -> !llvm.ptr, i8
  %3 = llvm.getelementptr nuw %0[8] : (!llvm.ptr) -> !llvm.ptr, i8
  %4 = llvm.load %1 : !llvm.ptr -> i64
  %5 = llvm.load %2 : !llvm.ptr -> i64
  %6 = llvm.load %3 : !llvm.ptr -> i64
  %7 = llvm.add %4, %5 : i64
  %8 = llvm.add %7, %6 : i64
  llvm.return %8 : i64
}
