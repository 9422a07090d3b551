// pipeline: convert-to-llvm
// A result comes from the frame; arguments are an address and the sizes.
func.func @twice(%x: memref<?xf64>) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %r = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?xf64>
  cf.br ^bb1(%c0 : index)
^bb1(%i: index):
  %go = arith.cmpi slt, %i, %n : index
  cf.cond_br %go, ^bb2, ^bb3
^bb2:
  %v = memref.load %x[%i] : memref<?xf64>
  %w = arith.addf %v, %v : f64
  memref.store %w, %r[%i] {nontemporal = true} : memref<?xf64>
  %j = arith.addi %i, %c1 : index
  cf.br ^bb1(%j : index)
^bb3:
  return %r : memref<?xf64>
}
// -----
// =>
module {
  llvm.func internal @twice(%arg0: !llvm.ptr {llvm.noalias}, %arg1: i64, %arg2: !llvm.ptr) -> !llvm.struct<(ptr, i64)> attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(8 : i32) : i32
    %1 = llvm.mlir.constant(0 : i32) : i32
    %2 = llvm.mlir.constant(1 : i64) : i64
    %3 = llvm.mlir.constant(0 : i64) : i64
    %4 = llvm.getelementptr inbounds %arg2[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %5 = llvm.load %4 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %6 = llvm.call %5(%arg2, %1, %arg1, %0) : !llvm.ptr, (!llvm.ptr, i32, i64, i32) -> !llvm.ptr
    %7 = llvm.load %arg2 {alignment = 4 : i64} : !llvm.ptr -> i32
    %8 = llvm.icmp "eq" %7, %1 : i32
    llvm.cond_br %8 weights([2000, 1]), ^bb1, ^bb5
  ^bb1:  // pred: ^bb0
    llvm.br ^bb2(%3 : i64)
  ^bb2(%i: i64):  // 2 preds: ^bb1, ^bb3
    %go = llvm.icmp "slt" %i, %arg1 : i64
    llvm.cond_br %go, ^bb3, ^bb4
  ^bb3:  // pred: ^bb2
    %9 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    %v = llvm.load %9 {alignment = 8 : i64} : !llvm.ptr -> f64
    %w = llvm.fadd %v, %v : f64
    %10 = llvm.getelementptr inbounds %6[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    llvm.store %w, %10 {alignment = 8 : i64, nontemporal} : f64, !llvm.ptr
    %j = llvm.add %i, %2 : i64
    llvm.br ^bb2(%j : i64)
  ^bb4:  // pred: ^bb2
    %11 = llvm.mlir.poison : !llvm.struct<(ptr, i64)>
    %12 = llvm.insertvalue %6, %11[0] : !llvm.struct<(ptr, i64)>
    %13 = llvm.insertvalue %arg1, %12[1] : !llvm.struct<(ptr, i64)>
    llvm.return %13 : !llvm.struct<(ptr, i64)>
  ^bb5:  // pred: ^bb0
    %14 = llvm.mlir.zero : !llvm.struct<(ptr, i64)>
    llvm.return %14 : !llvm.struct<(ptr, i64)>
  }
  llvm.func @twice__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.call @twice(%0, %2, %arg1) : (!llvm.ptr, i64, !llvm.ptr) -> !llvm.struct<(ptr, i64)>
    %4 = llvm.extractvalue %3[0] : !llvm.struct<(ptr, i64)>
    %5 = llvm.extractvalue %3[1] : !llvm.struct<(ptr, i64)>
    %6 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %4, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %7 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %5, %7 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// Scratch memory is given back where the program says so, and when it fails.
func.func @scratch(%n: index, %v: f32, %ok: i1) -> f32 {
  %c0 = arith.constant 0 : index
  %m = memref.alloc(%n) : memref<?xf32>
  memref.store %v, %m[%c0] : memref<?xf32>
  cf.assert %ok, "not this time"
  %r = memref.load %m[%c0] : memref<?xf32>
  memref.dealloc %m : memref<?xf32>
  return %r : f32
}
// -----
// =>
module attributes {mlir.errors = [["not this time", "<string>(6)"]]} {
  llvm.func @scratch(%n: i64, %v: f32, %ok: i1, %arg0: !llvm.ptr) -> f32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i32) : i32
    %1 = llvm.mlir.constant(1 : i32) : i32
    %2 = llvm.mlir.constant(-1 : i32) : i32
    %3 = llvm.mlir.constant(64 : i64) : i64
    %4 = llvm.mlir.constant(4 : i64) : i64
    %5 = llvm.mlir.constant(1 : i64) : i64
    %6 = llvm.alloca %5 x !llvm.ptr {alignment = 8 : i64} : (i64) -> !llvm.ptr
    %7 = llvm.mlir.zero : !llvm.ptr
    llvm.store %7, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %8 = llvm.mlir.constant(0 : i64) : i64
    %9 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %10 = llvm.load %9 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %11 = llvm.mul %n, %4 overflow<nsw> : i64
    %12 = llvm.call %10(%11, %3) : !llvm.ptr, (i64, i64) -> !llvm.ptr
    %13 = llvm.mlir.zero : !llvm.ptr
    %14 = llvm.icmp "ne" %12, %13 : !llvm.ptr
    %15 = llvm.icmp "eq" %n, %8 : i64
    %16 = llvm.or %14, %15 : i1
    llvm.cond_br %16 weights([2000, 1]), ^bb1, ^bb3(%2 : i32)
  ^bb1:  // pred: ^bb0
    llvm.store %12, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    llvm.store %v, %12 {alignment = 4 : i64} : f32, !llvm.ptr
    llvm.cond_br %ok weights([2000, 1]), ^bb2, ^bb3(%1 : i32)
  ^bb2:  // pred: ^bb1
    %r = llvm.load %12 {alignment = 4 : i64} : !llvm.ptr -> f32
    %17 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %18 = llvm.load %17 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %18(%12) : !llvm.ptr, (!llvm.ptr) -> ()
    %19 = llvm.mlir.zero : !llvm.ptr
    llvm.store %19, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    llvm.return %r : f32
  ^bb3(%20: i32):  // 2 preds: ^bb0, ^bb1
    %21 = llvm.load %arg0 {alignment = 4 : i64} : !llvm.ptr -> i32
    %22 = llvm.icmp "eq" %21, %0 : i32
    %23 = llvm.select %22, %20, %21 : i1, i32
    llvm.store %23, %arg0 {alignment = 4 : i64} : i32, !llvm.ptr
    llvm.br ^bb4
  ^bb4:  // pred: ^bb3
    %24 = llvm.load %6 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %25 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %26 = llvm.load %25 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %26(%24) : !llvm.ptr, (!llvm.ptr) -> ()
    %27 = llvm.mlir.zero : f32
    llvm.return %27 : f32
  }
  llvm.func @scratch__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i64
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> f32
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i8
    %5 = llvm.trunc %4 : i8 to i1
    %6 = llvm.call @scratch(%0, %2, %5, %arg1) : (i64, f32, i1, !llvm.ptr) -> f32
    %7 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %6, %7 {alignment = 8 : i64} : f32, !llvm.ptr
    llvm.return
  }
}
// -----
// Views compute; nothing is stored but through the address at the end.
func.func @views(%m: memref<4x?xf32>, %i: index, %n: index) -> f32 {
  %s = memref.subview %m[1, %i] [2, %n] [1, 2] : memref<4x?xf32> to memref<2x?xf32, strided<[?, 2], offset: ?>>
  %c = memref.cast %s : memref<2x?xf32, strided<[?, 2], offset: ?>> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  %v = memref.load %c[%i, %n] : memref<?x?xf32, strided<[?, ?], offset: ?>>
  %row = memref.subview %m[%i, 0] [1, %n] [1, 1] : memref<4x?xf32> to memref<?xf32, strided<[1], offset: ?>>
  %w = memref.load %row[%n] : memref<?xf32, strided<[1], offset: ?>>
  %f = memref.collapse_shape %m [[0, 1]] : memref<4x?xf32> into memref<?xf32>
  %x = memref.load %f[%i] : memref<?xf32>
  %e = memref.expand_shape %f [[0, 1]] output_shape [%n, 4] : memref<?xf32> into memref<?x4xf32>
  %y = memref.load %e[%i, %i] : memref<?x4xf32>
  %base, %o, %sz:2, %st:2 = memref.extract_strided_metadata %m : memref<4x?xf32> -> memref<f32>, index, index, index, index, index
  %back = memref.reinterpret_cast %base to offset: [%o], sizes: [%sz#1], strides: [%st#0] : memref<f32> to memref<?xf32, strided<[?], offset: ?>>
  %z = memref.load %back[%i] : memref<?xf32, strided<[?], offset: ?>>
  %0 = arith.addf %v, %w : f32
  %1 = arith.addf %x, %y : f32
  %2 = arith.addf %0, %1 : f32
  %3 = arith.addf %2, %z : f32
  return %3 : f32
}
// -----
// =>
module {
  llvm.func internal @views(%arg0: !llvm.ptr {llvm.noalias}, %arg1: i64, %i: i64, %n: i64) -> f32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(4 : i64) : i64
    %1 = llvm.mlir.constant(0 : i64) : i64
    %2 = llvm.mlir.constant(2 : i64) : i64
    %3 = llvm.mlir.constant(1 : i64) : i64
    %4 = llvm.add %arg1, %i overflow<nsw> : i64
    %5 = llvm.mul %i, %arg1 overflow<nsw> : i64
    %6 = llvm.add %4, %5 overflow<nsw> : i64
    %7 = llvm.mul %n, %2 overflow<nsw> : i64
    %8 = llvm.add %6, %7 overflow<nsw> : i64
    %9 = llvm.getelementptr inbounds %arg0[%8] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %v = llvm.load %9 {alignment = 4 : i64} : !llvm.ptr -> f32
    %10 = llvm.mul %i, %arg1 overflow<nsw> : i64
    %11 = llvm.add %10, %n overflow<nsw> : i64
    %12 = llvm.getelementptr inbounds %arg0[%11] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %w = llvm.load %12 {alignment = 4 : i64} : !llvm.ptr -> f32
    %13 = llvm.mul %0, %arg1 overflow<nsw> : i64
    %14 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %x = llvm.load %14 {alignment = 4 : i64} : !llvm.ptr -> f32
    %15 = llvm.mul %0, %n overflow<nsw> : i64
    %16 = llvm.mul %i, %0 overflow<nsw> : i64
    %17 = llvm.add %16, %i overflow<nsw> : i64
    %18 = llvm.getelementptr inbounds %arg0[%17] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %y = llvm.load %18 {alignment = 4 : i64} : !llvm.ptr -> f32
    %19 = llvm.mul %i, %arg1 overflow<nsw> : i64
    %20 = llvm.getelementptr inbounds %arg0[%19] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %z = llvm.load %20 {alignment = 4 : i64} : !llvm.ptr -> f32
    %21 = llvm.fadd %v, %w : f32
    %22 = llvm.fadd %x, %y : f32
    %23 = llvm.fadd %21, %22 : f32
    %24 = llvm.fadd %23, %z : f32
    llvm.return %24 : f32
  }
  llvm.func @views__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.mlir.constant(4 : i64) : i64
    %2 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %3 = llvm.load %2 {alignment = 8 : i64} : !llvm.ptr -> i64
    %4 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %5 = llvm.load %4 {alignment = 8 : i64} : !llvm.ptr -> i64
    %6 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %7 = llvm.load %6 {alignment = 8 : i64} : !llvm.ptr -> i64
    %8 = llvm.call @views(%0, %3, %5, %7) : (!llvm.ptr, i64, i64, i64) -> f32
    %9 = llvm.getelementptr inbounds %arg0[40] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %8, %9 {alignment = 8 : i64} : f32, !llvm.ptr
    llvm.return
  }
}
// -----
// Truth values take a byte; constants of the module are globals; the stack serves what is small.
memref.global "private" constant @table : memref<2x2xi32> = dense<[[1, 2], [3, 4]]>
memref.global "private" @counter : memref<i64> = dense<5>
func.func @bytes(%m: memref<?xi1>, %i: index) -> i32 {
  %b = memref.load %m[%i] : memref<?xi1>
  %s = memref.alloca() : memref<4xi1>
  memref.store %b, %s[%i] : memref<4xi1>
  %t = memref.get_global @table : memref<2x2xi32>
  %v = memref.load %t[%i, %i] : memref<2x2xi32>
  %c = memref.get_global @counter : memref<i64>
  %k = memref.load %c[] : memref<i64>
  %w = arith.trunci %k : i64 to i32
  %r = arith.addi %v, %w : i32
  return %r : i32
}
// -----
// =>
module {
  llvm.func internal @bytes(%arg0: !llvm.ptr {llvm.noalias}, %arg1: i64, %i: i64) -> i32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(2 : i64) : i64
    %1 = llvm.mlir.constant(4 : i64) : i64
    %2 = llvm.alloca %1 x i8 : (i64) -> !llvm.ptr
    %3 = llvm.mlir.constant(0 : i64) : i64
    %4 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i8
    %5 = llvm.load %4 {alignment = 1 : i64} : !llvm.ptr -> i8
    %b = llvm.trunc %5 : i8 to i1
    %6 = llvm.getelementptr inbounds %2[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i8
    %7 = llvm.zext %b : i1 to i8
    llvm.store %7, %6 {alignment = 1 : i64} : i8, !llvm.ptr
    %8 = llvm.mlir.addressof @table : !llvm.ptr
    %9 = llvm.mul %i, %0 overflow<nsw> : i64
    %10 = llvm.add %9, %i overflow<nsw> : i64
    %11 = llvm.getelementptr inbounds %8[%10] : (!llvm.ptr, i64) -> !llvm.ptr, i32
    %v = llvm.load %11 {alignment = 4 : i64} : !llvm.ptr -> i32
    %12 = llvm.mlir.addressof @counter : !llvm.ptr
    %k = llvm.load %12 {alignment = 8 : i64} : !llvm.ptr -> i64
    %w = llvm.trunc %k : i64 to i32
    %r = llvm.add %v, %w : i32
    llvm.return %r : i32
  }
  llvm.mlir.global private constant @table(dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>) {alignment = 64 : i64} : !llvm.array<2 x array<2 x i32>>
  llvm.mlir.global private @counter(5 : i64) {alignment = 64 : i64} : i64
  llvm.func @bytes__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i64
    %5 = llvm.call @bytes(%0, %2, %4) : (!llvm.ptr, i64, i64) -> i32
    %6 = llvm.zext %5 : i32 to i64
    %7 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %6, %7 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// A range that threads share goes through the frame; the captured values lie in a context.
func.func private @body(%b: index, %e: index, %m: memref<?xf64>, %x: f64) {
  memref.store %x, %m[%b] : memref<?xf64>
  return
}
func.func @shared(%m: memref<?xf64>, %x: f64) {
  %c0 = arith.constant 0 : index
  %n = memref.dim %m, %c0 : memref<?xf64>
  func.call @body(%c0, %n, %m, %x) {mlir.parallel_for = 1024 : i64} : (index, index, memref<?xf64>, f64) -> ()
  return
}
// -----
// =>
module {
  llvm.func internal @body(%b: i64, %e: i64, %arg0: !llvm.ptr, %arg1: i64, %x: f64) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i64) : i64
    %1 = llvm.getelementptr inbounds %arg0[%b] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    llvm.store %x, %1 {alignment = 8 : i64} : f64, !llvm.ptr
    llvm.return
  }
  llvm.func internal @shared(%arg0: !llvm.ptr, %arg1: i64, %x: f64, %arg2: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i32) : i32
    %1 = llvm.mlir.constant(1024 : i64) : i64
    %2 = llvm.mlir.constant(1 : i64) : i64
    %3 = llvm.alloca %2 x !llvm.struct<(ptr, ptr, i64, f64)> {alignment = 16 : i64} : (i64) -> !llvm.ptr
    %4 = llvm.mlir.constant(0 : i64) : i64
    llvm.store %arg2, %3 : !llvm.ptr, !llvm.ptr
    %5 = llvm.getelementptr inbounds %3[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    llvm.store %arg0, %5 : !llvm.ptr, !llvm.ptr
    %6 = llvm.getelementptr inbounds %3[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    llvm.store %arg1, %6 : i64, !llvm.ptr
    %7 = llvm.getelementptr inbounds %3[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    llvm.store %x, %7 : f64, !llvm.ptr
    %8 = llvm.mlir.addressof @body__thunk : !llvm.ptr
    %9 = llvm.icmp "sle" %arg1, %1 : i64
    llvm.cond_br %9, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    llvm.call @body__thunk(%3, %4, %arg1) : (!llvm.ptr, i64, i64) -> ()
    llvm.br ^bb3
  ^bb2:  // pred: ^bb0
    %10 = llvm.getelementptr inbounds %arg2[40] : (!llvm.ptr) -> !llvm.ptr, i8
    %11 = llvm.load %10 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %11(%arg2, %8, %3, %arg1, %1) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64, i64) -> ()
    llvm.br ^bb3
  ^bb3:  // 2 preds: ^bb1, ^bb2
    %12 = llvm.load %arg2 {alignment = 4 : i64} : !llvm.ptr -> i32
    %13 = llvm.icmp "eq" %12, %0 : i32
    llvm.cond_br %13 weights([2000, 1]), ^bb4, ^bb5
  ^bb4:  // pred: ^bb3
    llvm.return
  ^bb5:  // pred: ^bb3
    llvm.return
  }
  llvm.func internal @body__thunk(%arg0: !llvm.ptr, %arg1: i64, %arg2: i64) attributes {passthrough = ["no-builtins", "nounwind", "noinline"]} {
    %0 = llvm.getelementptr inbounds %arg0[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    %1 = llvm.load %0 : !llvm.ptr -> !llvm.ptr
    %2 = llvm.getelementptr inbounds %arg0[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    %3 = llvm.load %2 : !llvm.ptr -> i64
    %4 = llvm.getelementptr inbounds %arg0[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, f64)>
    %5 = llvm.load %4 : !llvm.ptr -> f64
    llvm.call @body(%arg1, %arg2, %1, %3, %5) : (i64, i64, !llvm.ptr, i64, f64) -> ()
    llvm.return
  }
  llvm.func @shared__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> f64
    llvm.call @shared(%0, %2, %4, %arg1) : (!llvm.ptr, i64, f64, !llvm.ptr) -> ()
    llvm.return
  }
}
// -----
// What is only read has no aliases that matter as long as nothing that the caller passed is written.
func.func private @inner(%b: index, %e: index, %x: memref<?xf64>, %r: memref<?xf64>) {
  %v = memref.load %x[%b] : memref<?xf64>
  memref.store %v, %r[%b] : memref<?xf64>
  return
}
func.func @outer(%x: memref<?xf64>) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %r = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?xf64>
  func.call @inner(%c0, %n, %x, %r) {mlir.parallel_for = 1 : i64} : (index, index, memref<?xf64>, memref<?xf64>) -> ()
  return %r : memref<?xf64>
}
// -----
// =>
module {
  llvm.func internal @inner(%b: i64, %e: i64, %arg0: !llvm.ptr {llvm.noalias}, %arg1: i64, %arg2: !llvm.ptr {llvm.noalias}, %arg3: i64) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i64) : i64
    %1 = llvm.getelementptr inbounds %arg0[%b] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    %v = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> f64
    %2 = llvm.getelementptr inbounds %arg2[%b] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    llvm.store %v, %2 {alignment = 8 : i64} : f64, !llvm.ptr
    llvm.return
  }
  llvm.func internal @outer(%arg0: !llvm.ptr, %arg1: i64, %arg2: !llvm.ptr) -> !llvm.struct<(ptr, i64)> attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(8 : i32) : i32
    %1 = llvm.mlir.constant(0 : i32) : i32
    %2 = llvm.mlir.constant(1 : i64) : i64
    %3 = llvm.alloca %2 x !llvm.struct<(ptr, ptr, i64, ptr, i64)> {alignment = 16 : i64} : (i64) -> !llvm.ptr
    %4 = llvm.mlir.constant(0 : i64) : i64
    %5 = llvm.getelementptr inbounds %arg2[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %6 = llvm.load %5 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %7 = llvm.call %6(%arg2, %1, %arg1, %0) : !llvm.ptr, (!llvm.ptr, i32, i64, i32) -> !llvm.ptr
    %8 = llvm.load %arg2 {alignment = 4 : i64} : !llvm.ptr -> i32
    %9 = llvm.icmp "eq" %8, %1 : i32
    llvm.cond_br %9 weights([2000, 1]), ^bb1, ^bb6
  ^bb1:  // pred: ^bb0
    llvm.store %arg2, %3 : !llvm.ptr, !llvm.ptr
    %10 = llvm.getelementptr inbounds %3[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    llvm.store %arg0, %10 : !llvm.ptr, !llvm.ptr
    %11 = llvm.getelementptr inbounds %3[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    llvm.store %arg1, %11 : i64, !llvm.ptr
    %12 = llvm.getelementptr inbounds %3[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    llvm.store %7, %12 : !llvm.ptr, !llvm.ptr
    %13 = llvm.getelementptr inbounds %3[0, 4] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    llvm.store %arg1, %13 : i64, !llvm.ptr
    %14 = llvm.mlir.addressof @inner__thunk : !llvm.ptr
    %15 = llvm.icmp "sle" %arg1, %2 : i64
    llvm.cond_br %15, ^bb2, ^bb3
  ^bb2:  // pred: ^bb1
    llvm.call @inner__thunk(%3, %4, %arg1) : (!llvm.ptr, i64, i64) -> ()
    llvm.br ^bb4
  ^bb3:  // pred: ^bb1
    %16 = llvm.getelementptr inbounds %arg2[40] : (!llvm.ptr) -> !llvm.ptr, i8
    %17 = llvm.load %16 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %17(%arg2, %14, %3, %arg1, %2) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64, i64) -> ()
    llvm.br ^bb4
  ^bb4:  // 2 preds: ^bb2, ^bb3
    %18 = llvm.load %arg2 {alignment = 4 : i64} : !llvm.ptr -> i32
    %19 = llvm.icmp "eq" %18, %1 : i32
    llvm.cond_br %19 weights([2000, 1]), ^bb5, ^bb6
  ^bb5:  // pred: ^bb4
    %20 = llvm.mlir.poison : !llvm.struct<(ptr, i64)>
    %21 = llvm.insertvalue %7, %20[0] : !llvm.struct<(ptr, i64)>
    %22 = llvm.insertvalue %arg1, %21[1] : !llvm.struct<(ptr, i64)>
    llvm.return %22 : !llvm.struct<(ptr, i64)>
  ^bb6:  // 2 preds: ^bb0, ^bb4
    %23 = llvm.mlir.zero : !llvm.struct<(ptr, i64)>
    llvm.return %23 : !llvm.struct<(ptr, i64)>
  }
  llvm.func internal @inner__thunk(%arg0: !llvm.ptr, %arg1: i64, %arg2: i64) attributes {passthrough = ["no-builtins", "nounwind", "noinline"]} {
    %0 = llvm.getelementptr inbounds %arg0[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    %1 = llvm.load %0 : !llvm.ptr -> !llvm.ptr
    %2 = llvm.getelementptr inbounds %arg0[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    %3 = llvm.load %2 : !llvm.ptr -> i64
    %4 = llvm.getelementptr inbounds %arg0[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    %5 = llvm.load %4 : !llvm.ptr -> !llvm.ptr
    %6 = llvm.getelementptr inbounds %arg0[0, 4] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, ptr, i64, ptr, i64)>
    %7 = llvm.load %6 : !llvm.ptr -> i64
    llvm.call @inner(%arg1, %arg2, %1, %3, %5, %7) : (i64, i64, !llvm.ptr, i64, !llvm.ptr, i64) -> ()
    llvm.return
  }
  llvm.func @outer__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.call @outer(%0, %2, %arg1) : (!llvm.ptr, i64, !llvm.ptr) -> !llvm.struct<(ptr, i64)>
    %4 = llvm.extractvalue %3[0] : !llvm.struct<(ptr, i64)>
    %5 = llvm.extractvalue %3[1] : !llvm.struct<(ptr, i64)>
    %6 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %4, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %7 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %5, %7 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// What is freed under another name is not freed again when the function fails later.
func.func @renamed(%n: index, %c: i1, %ok: i1) -> f32 {
  %c0 = arith.constant 0 : index
  %a = memref.alloc(%n) : memref<?xf32>
  %b = memref.alloc(%n) : memref<?xf32>
  cf.cond_br %c, ^bb1(%a, %b : memref<?xf32>, memref<?xf32>), ^bb1(%b, %a : memref<?xf32>, memref<?xf32>)
^bb1(%x: memref<?xf32>, %y: memref<?xf32>):
  %v = memref.load %x[%c0] : memref<?xf32>
  memref.dealloc %x : memref<?xf32>
  cf.assert %ok, "too late"
  memref.dealloc %y : memref<?xf32>
  return %v : f32
}
// -----
// =>
module attributes {mlir.errors = [["too late", "<string>(10)"]]} {
  llvm.func @renamed(%n: i64, %c: i1, %ok: i1, %arg0: !llvm.ptr) -> f32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i32) : i32
    %1 = llvm.mlir.constant(1 : i32) : i32
    %2 = llvm.mlir.constant(-1 : i32) : i32
    %3 = llvm.mlir.constant(64 : i64) : i64
    %4 = llvm.mlir.constant(4 : i64) : i64
    %5 = llvm.mlir.constant(1 : i64) : i64
    %6 = llvm.alloca %5 x !llvm.ptr {alignment = 8 : i64} : (i64) -> !llvm.ptr
    %7 = llvm.mlir.zero : !llvm.ptr
    llvm.store %7, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %8 = llvm.alloca %5 x !llvm.ptr {alignment = 8 : i64} : (i64) -> !llvm.ptr
    %9 = llvm.mlir.zero : !llvm.ptr
    llvm.store %9, %8 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %10 = llvm.mlir.constant(0 : i64) : i64
    %11 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %12 = llvm.load %11 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %13 = llvm.mul %n, %4 overflow<nsw> : i64
    %14 = llvm.call %12(%13, %3) : !llvm.ptr, (i64, i64) -> !llvm.ptr
    %15 = llvm.mlir.zero : !llvm.ptr
    %16 = llvm.icmp "ne" %14, %15 : !llvm.ptr
    %17 = llvm.icmp "eq" %n, %10 : i64
    %18 = llvm.or %16, %17 : i1
    llvm.cond_br %18 weights([2000, 1]), ^bb1, ^bb5(%2 : i32)
  ^bb1:  // pred: ^bb0
    llvm.store %14, %8 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %19 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %20 = llvm.load %19 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %21 = llvm.mul %n, %4 overflow<nsw> : i64
    %22 = llvm.call %20(%21, %3) : !llvm.ptr, (i64, i64) -> !llvm.ptr
    %23 = llvm.mlir.zero : !llvm.ptr
    %24 = llvm.icmp "ne" %22, %23 : !llvm.ptr
    %25 = llvm.icmp "eq" %n, %10 : i64
    %26 = llvm.or %24, %25 : i1
    llvm.cond_br %26 weights([2000, 1]), ^bb2, ^bb5(%2 : i32)
  ^bb2:  // pred: ^bb1
    llvm.store %22, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    llvm.cond_br %c, ^bb3(%14, %n, %22, %n : !llvm.ptr, i64, !llvm.ptr, i64), ^bb3(%22, %n, %14, %n : !llvm.ptr, i64, !llvm.ptr, i64)
  ^bb3(%27: !llvm.ptr, %28: i64, %29: !llvm.ptr, %30: i64):  // 2 preds: ^bb2, ^bb2
    %v = llvm.load %27 {alignment = 4 : i64} : !llvm.ptr -> f32
    %31 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %32 = llvm.load %31 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %33 = llvm.mlir.zero : !llvm.ptr
    %34 = llvm.load %8 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %35 = llvm.icmp "eq" %34, %27 : !llvm.ptr
    %36 = llvm.select %35, %33, %34 : i1, !llvm.ptr
    llvm.store %36, %8 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %37 = llvm.load %6 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %38 = llvm.icmp "eq" %37, %27 : !llvm.ptr
    %39 = llvm.select %38, %33, %37 : i1, !llvm.ptr
    llvm.store %39, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    llvm.call %32(%27) : !llvm.ptr, (!llvm.ptr) -> ()
    llvm.cond_br %ok weights([2000, 1]), ^bb4, ^bb5(%1 : i32)
  ^bb4:  // pred: ^bb3
    %40 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %41 = llvm.load %40 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %42 = llvm.mlir.zero : !llvm.ptr
    %43 = llvm.load %8 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %44 = llvm.icmp "eq" %43, %29 : !llvm.ptr
    %45 = llvm.select %44, %42, %43 : i1, !llvm.ptr
    llvm.store %45, %8 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    %46 = llvm.load %6 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %47 = llvm.icmp "eq" %46, %29 : !llvm.ptr
    %48 = llvm.select %47, %42, %46 : i1, !llvm.ptr
    llvm.store %48, %6 {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
    llvm.call %41(%29) : !llvm.ptr, (!llvm.ptr) -> ()
    llvm.return %v : f32
  ^bb5(%49: i32):  // 3 preds: ^bb0, ^bb1, ^bb3
    %50 = llvm.load %arg0 {alignment = 4 : i64} : !llvm.ptr -> i32
    %51 = llvm.icmp "eq" %50, %0 : i32
    %52 = llvm.select %51, %49, %50 : i1, i32
    llvm.store %52, %arg0 {alignment = 4 : i64} : i32, !llvm.ptr
    llvm.br ^bb6
  ^bb6:  // pred: ^bb5
    %53 = llvm.load %8 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %54 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %55 = llvm.load %54 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %55(%53) : !llvm.ptr, (!llvm.ptr) -> ()
    %56 = llvm.load %6 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %57 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %58 = llvm.load %57 invariant {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    llvm.call %58(%56) : !llvm.ptr, (!llvm.ptr) -> ()
    %59 = llvm.mlir.zero : f32
    llvm.return %59 : f32
  }
  llvm.func @renamed__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i64
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i8
    %3 = llvm.trunc %2 : i8 to i1
    %4 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %5 = llvm.load %4 {alignment = 8 : i64} : !llvm.ptr -> i8
    %6 = llvm.trunc %5 : i8 to i1
    %7 = llvm.call @renamed(%0, %3, %6, %arg1) : (i64, i1, i1, !llvm.ptr) -> f32
    %8 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %7, %8 {alignment = 8 : i64} : f32, !llvm.ptr
    llvm.return
  }
}
