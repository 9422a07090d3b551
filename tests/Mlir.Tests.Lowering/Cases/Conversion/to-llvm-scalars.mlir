// pipeline: convert-to-llvm
// Scalars in, one scalar out: callable as it is, and through slots.
func.func @add(%x: f64, %y: f64) -> f64 {
  %s = arith.addf %x, %y : f64
  return %s : f64
}
// -----
// =>
module {
  llvm.func @add(%x: f64, %y: f64) -> f64 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %s = llvm.fadd %x, %y : f64
    llvm.return %s : f64
  }
  llvm.func @add__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> f64
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> f64
    %3 = llvm.call @add(%0, %2) : (f64, f64) -> f64
    %4 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %3, %4 {alignment = 8 : i64} : f64, !llvm.ptr
    llvm.return
  }
}
// -----
// Truth values take a byte in memory and come back clean in a register; integers fill their slot.
func.func @less(%a: i32, %b: i32, %c: i1) -> i1 {
  %l = arith.cmpi slt, %a, %b : i32
  %r = arith.andi %l, %c : i1
  return %r : i1
}
// -----
// =>
module {
  llvm.func @less(%a: i32, %b: i32, %c: i1) -> (i1 {llvm.zeroext}) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %l = llvm.icmp "slt" %a, %b : i32
    %r = llvm.and %l, %c : i1
    llvm.return %r : i1
  }
  llvm.func @less__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i32
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i32
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i8
    %5 = llvm.trunc %4 : i8 to i1
    %6 = llvm.call @less(%0, %2, %5) : (i32, i32, i1) -> i1
    %7 = llvm.zext %6 : i1 to i64
    %8 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %7, %8 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// Several results are a structure, and a slot each.
func.func @divmod(%a: i16, %b: i16) -> (i16, f32) {
  %zero = arith.constant 0 : i16
  %ok = arith.cmpi ne, %b, %zero : i16
  cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
  %q = arith.divsi %a, %b : i16
  %f = arith.sitofp %q : i16 to f32
  return %q, %f : i16, f32
}
// -----
// =>
module attributes {mlir.errors = [["System.DivideByZeroException: Attempted to divide by zero.", "<string>(5)"]]} {
  llvm.func internal @divmod(%a: i16, %b: i16, %arg0: !llvm.ptr) -> !llvm.struct<(i16, f32)> attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i32) : i32
    %1 = llvm.mlir.constant(1 : i32) : i32
    %2 = llvm.mlir.constant(0 : i16) : i16
    %ok = llvm.icmp "ne" %b, %2 : i16
    llvm.cond_br %ok weights([2000, 1]), ^bb1, ^bb2(%1 : i32)
  ^bb1:  // pred: ^bb0
    %q = llvm.sdiv %a, %b : i16
    %f = llvm.sitofp %q : i16 to f32
    %3 = llvm.mlir.poison : !llvm.struct<(i16, f32)>
    %4 = llvm.insertvalue %q, %3[0] : !llvm.struct<(i16, f32)>
    %5 = llvm.insertvalue %f, %4[1] : !llvm.struct<(i16, f32)>
    llvm.return %5 : !llvm.struct<(i16, f32)>
  ^bb2(%6: i32):  // pred: ^bb0
    %7 = llvm.load %arg0 {alignment = 4 : i64} : !llvm.ptr -> i32
    %8 = llvm.icmp "eq" %7, %0 : i32
    %9 = llvm.select %8, %6, %7 : i1, i32
    llvm.store %9, %arg0 {alignment = 4 : i64} : i32, !llvm.ptr
    llvm.br ^bb3
  ^bb3:  // pred: ^bb2
    %10 = llvm.mlir.zero : !llvm.struct<(i16, f32)>
    llvm.return %10 : !llvm.struct<(i16, f32)>
  }
  llvm.func @divmod__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i16
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i16
    %3 = llvm.call @divmod(%0, %2, %arg1) : (i16, i16, !llvm.ptr) -> !llvm.struct<(i16, f32)>
    %4 = llvm.extractvalue %3[0] : !llvm.struct<(i16, f32)>
    %5 = llvm.extractvalue %3[1] : !llvm.struct<(i16, f32)>
    %6 = llvm.zext %4 : i16 to i64
    %7 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %6, %7 {alignment = 8 : i64} : i64, !llvm.ptr
    %8 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %5, %8 {alignment = 8 : i64} : f32, !llvm.ptr
    llvm.return
  }
}
// -----
// A callee that can fail takes the frame along, and its caller looks at the status.
func.func private @checked(%a: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %ok = arith.cmpi sge, %a, %zero : i32
  cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."
  return %a : i32
}
func.func @twice(%a: i32) -> i32 {
  %b = call @checked(%a) : (i32) -> i32
  %c = arith.addi %b, %b overflow<nsw> : i32
  return %c : i32
}
// -----
// =>
module attributes {mlir.errors = [["System.OverflowException: Arithmetic operation resulted in an overflow.", "<string>(5)"]]} {
  llvm.func internal @checked(%a: i32, %arg0: !llvm.ptr) -> i32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(1 : i32) : i32
    %1 = llvm.mlir.constant(0 : i32) : i32
    %ok = llvm.icmp "sge" %a, %1 : i32
    llvm.cond_br %ok weights([2000, 1]), ^bb1, ^bb2(%0 : i32)
  ^bb1:  // pred: ^bb0
    llvm.return %a : i32
  ^bb2(%2: i32):  // pred: ^bb0
    %3 = llvm.load %arg0 {alignment = 4 : i64} : !llvm.ptr -> i32
    %4 = llvm.icmp "eq" %3, %1 : i32
    %5 = llvm.select %4, %2, %3 : i1, i32
    llvm.store %5, %arg0 {alignment = 4 : i64} : i32, !llvm.ptr
    llvm.br ^bb3
  ^bb3:  // pred: ^bb2
    %6 = llvm.mlir.zero : i32
    llvm.return %6 : i32
  }
  llvm.func @twice(%a: i32, %arg0: !llvm.ptr) -> i32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i32) : i32
    %1 = llvm.call @checked(%a, %arg0) : (i32, !llvm.ptr) -> i32
    %2 = llvm.load %arg0 {alignment = 4 : i64} : !llvm.ptr -> i32
    %3 = llvm.icmp "eq" %2, %0 : i32
    llvm.cond_br %3 weights([2000, 1]), ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %c = llvm.add %1, %1 overflow<nsw> : i32
    llvm.return %c : i32
  ^bb2:  // pred: ^bb0
    %4 = llvm.mlir.zero : i32
    llvm.return %4 : i32
  }
  llvm.func @twice__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i32
    %1 = llvm.call @twice(%0, %arg1) : (i32, !llvm.ptr) -> i32
    %2 = llvm.zext %1 : i32 to i64
    %3 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %2, %3 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// Branches carry their values; a block that nothing reaches is left out.
func.func @collatz(%n: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  cf.br ^bb1(%n, %c0 : i64, i64)
^bb1(%x: i64, %k: i64):
  %go = arith.cmpi ugt, %x, %c1 : i64
  cf.cond_br %go weights([9, 1]), ^bb2, ^bb3(%k : i64)
^bb2:
  %h = arith.shrui %x, %c1 : i64
  %l = arith.addi %k, %c1 : i64
  cf.br ^bb1(%h, %l : i64, i64)
^bb3(%r: i64):
  return %r : i64
^bb4:
  cf.br ^bb4
}
// -----
// =>
module {
  llvm.func @collatz(%n: i64) -> i64 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(1 : i64) : i64
    %1 = llvm.mlir.constant(0 : i64) : i64
    llvm.br ^bb1(%n, %1 : i64, i64)
  ^bb1(%x: i64, %k: i64):  // 2 preds: ^bb0, ^bb2
    %go = llvm.icmp "ugt" %x, %0 : i64
    llvm.cond_br %go weights([9, 1]), ^bb2, ^bb3(%k : i64)
  ^bb2:  // pred: ^bb1
    %h = llvm.lshr %x, %0 : i64
    %l = llvm.add %k, %0 : i64
    llvm.br ^bb1(%h, %l : i64, i64)
  ^bb3(%r: i64):  // pred: ^bb1
    llvm.return %r : i64
  }
  llvm.func @collatz__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i64
    %1 = llvm.call @collatz(%0) : (i64) -> i64
    %2 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %1, %2 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// What has no operation of LLVM of its own.
func.func @rest(%a: i32, %b: i32, %i: index, %v: f32) -> (i32, i32, i32, i32, i1, i32, i64, f32, i1) {
  %0 = arith.ceildivsi %a, %b : i32
  %1 = arith.floordivsi %a, %b : i32
  %2 = arith.ceildivui %a, %b : i32
  %3, %4 = arith.addui_extended %a, %b : i32, i1
  %5, %6 = arith.mulsi_extended %a, %b : i32
  %7 = arith.index_cast %i : index to i64
  %8 = math.rsqrt %v : f32
  %9 = math.isfinite %v : f32
  return %0, %1, %2, %3, %4, %6, %7, %8, %9 : i32, i32, i32, i32, i1, i32, i64, f32, i1
}
// -----
// =>
module {
  llvm.func internal @rest(%a: i32, %b: i32, %i: i64, %v: f32) -> !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)> attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(32 : i64) : i64
    %1 = llvm.mlir.constant(0 : i32) : i32
    %2 = llvm.sdiv %a, %b : i32
    %3 = llvm.srem %a, %b : i32
    %4 = llvm.icmp "ne" %3, %1 : i32
    %5 = llvm.xor %3, %b : i32
    %6 = llvm.icmp "sge" %5, %1 : i32
    %7 = llvm.and %4, %6 : i1
    %8 = llvm.zext %7 : i1 to i32
    %9 = llvm.add %2, %8 : i32
    %10 = llvm.sdiv %a, %b : i32
    %11 = llvm.srem %a, %b : i32
    %12 = llvm.icmp "ne" %11, %1 : i32
    %13 = llvm.xor %11, %b : i32
    %14 = llvm.icmp "slt" %13, %1 : i32
    %15 = llvm.and %12, %14 : i1
    %16 = llvm.zext %15 : i1 to i32
    %17 = llvm.sub %10, %16 : i32
    %18 = llvm.udiv %a, %b : i32
    %19 = llvm.urem %a, %b : i32
    %20 = llvm.icmp "ne" %19, %1 : i32
    %21 = llvm.zext %20 : i1 to i32
    %22 = llvm.add %18, %21 : i32
    %23 = llvm.add %a, %b : i32
    %24 = llvm.icmp "ult" %23, %a : i32
    %25 = llvm.sext %a : i32 to i64
    %26 = llvm.sext %b : i32 to i64
    %27 = llvm.mul %25, %26 : i64
    %28 = llvm.trunc %27 : i64 to i32
    %29 = llvm.lshr %27, %0 : i64
    %30 = llvm.trunc %29 : i64 to i32
    %31 = llvm.intr.sqrt(%v) : (f32) -> f32
    %32 = llvm.mlir.constant(1.000000e+00 : f32) : f32
    %33 = llvm.fdiv %32, %31 : f32
    %34 = "llvm.intr.is.fpclass"(%v) <{bit = 504 : i32}> : (f32) -> i1
    %35 = llvm.mlir.poison : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %36 = llvm.insertvalue %9, %35[0] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %37 = llvm.insertvalue %17, %36[1] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %38 = llvm.insertvalue %22, %37[2] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %39 = llvm.insertvalue %23, %38[3] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %40 = llvm.insertvalue %24, %39[4] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %41 = llvm.insertvalue %30, %40[5] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %42 = llvm.insertvalue %i, %41[6] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %43 = llvm.insertvalue %33, %42[7] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %44 = llvm.insertvalue %34, %43[8] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    llvm.return %44 : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
  }
  llvm.func @rest__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i32
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i32
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i64
    %5 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %6 = llvm.load %5 {alignment = 8 : i64} : !llvm.ptr -> f32
    %7 = llvm.call @rest(%0, %2, %4, %6) : (i32, i32, i64, f32) -> !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %8 = llvm.extractvalue %7[0] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %9 = llvm.extractvalue %7[1] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %10 = llvm.extractvalue %7[2] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %11 = llvm.extractvalue %7[3] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %12 = llvm.extractvalue %7[4] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %13 = llvm.extractvalue %7[5] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %14 = llvm.extractvalue %7[6] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %15 = llvm.extractvalue %7[7] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %16 = llvm.extractvalue %7[8] : !llvm.struct<(i32, i32, i32, i32, i1, i32, i64, f32, i1)>
    %17 = llvm.zext %8 : i32 to i64
    %18 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %17, %18 {alignment = 8 : i64} : i64, !llvm.ptr
    %19 = llvm.zext %9 : i32 to i64
    %20 = llvm.getelementptr inbounds %arg0[40] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %19, %20 {alignment = 8 : i64} : i64, !llvm.ptr
    %21 = llvm.zext %10 : i32 to i64
    %22 = llvm.getelementptr inbounds %arg0[48] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %21, %22 {alignment = 8 : i64} : i64, !llvm.ptr
    %23 = llvm.zext %11 : i32 to i64
    %24 = llvm.getelementptr inbounds %arg0[56] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %23, %24 {alignment = 8 : i64} : i64, !llvm.ptr
    %25 = llvm.zext %12 : i1 to i64
    %26 = llvm.getelementptr inbounds %arg0[64] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %25, %26 {alignment = 8 : i64} : i64, !llvm.ptr
    %27 = llvm.zext %13 : i32 to i64
    %28 = llvm.getelementptr inbounds %arg0[72] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %27, %28 {alignment = 8 : i64} : i64, !llvm.ptr
    %29 = llvm.getelementptr inbounds %arg0[80] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %14, %29 {alignment = 8 : i64} : i64, !llvm.ptr
    %30 = llvm.getelementptr inbounds %arg0[88] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %15, %30 {alignment = 8 : i64} : f32, !llvm.ptr
    %31 = llvm.zext %16 : i1 to i64
    %32 = llvm.getelementptr inbounds %arg0[96] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %31, %32 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// A switch keeps its operands.
func.func @switch(%f: i32, %a: i64, %b: i64) -> i64 {
  cf.switch %f : i32, [
    default: ^bb1(%a : i64),
    3: ^bb1(%b : i64),
    7: ^bb2
  ]
^bb1(%x: i64):
  return %x : i64
^bb2:
  %c7 = arith.constant 7 : i64
  return %c7 : i64
}
// -----
// =>
module {
  llvm.func @switch(%f: i32, %a: i64, %b: i64) -> i64 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(7 : i64) : i64
    llvm.switch %f : i32, ^bb1(%a : i64) [
      3: ^bb1(%b : i64),
      7: ^bb2
    ]
  ^bb1(%x: i64):  // 2 preds: ^bb0, ^bb0
    llvm.return %x : i64
  ^bb2:  // pred: ^bb0
    llvm.return %0 : i64
  }
  llvm.func @switch__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> i32
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i64
    %5 = llvm.call @switch(%0, %2, %4) : (i32, i64, i64) -> i64
    %6 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %5, %6 {alignment = 8 : i64} : i64, !llvm.ptr
    llvm.return
  }
}
// -----
// Fast-math flags keep their meaning.
func.func @flags(%x: f64, %y: f64) -> f64 {
  %0 = arith.mulf %x, %y fastmath<reassoc,nnan> : f64
  %1 = math.fma %0, %x, %y fastmath<contract> : f64
  return %1 : f64
}
// -----
// =>
module {
  llvm.func @flags(%x: f64, %y: f64) -> f64 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.fmul %x, %y {fastmathFlags = #llvm.fastmath<nnan, reassoc>} : f64
    %1 = llvm.intr.fma(%0, %x, %y) {fastmathFlags = #llvm.fastmath<contract>} : (f64, f64, f64) -> f64
    llvm.return %1 : f64
  }
  llvm.func @flags__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> f64
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> f64
    %3 = llvm.call @flags(%0, %2) : (f64, f64) -> f64
    %4 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %3, %4 {alignment = 8 : i64} : f64, !llvm.ptr
    llvm.return
  }
}
