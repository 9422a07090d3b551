llvm.mlir.global internal constant @msg("hello\00") {addr_space = 0 : i32, alignment = 1 : i64, dso_local}
llvm.mlir.global external @ext() {addr_space = 0 : i32} : i32
llvm.mlir.global private unnamed_addr constant @tab(dense<[1, 2]> : tensor<2xi32>) {addr_space = 0 : i32} : !llvm.array<2 x i32>
llvm.mlir.global internal @ini() {addr_space = 0 : i32} : !llvm.ptr {
  %0 = llvm.mlir.zero : !llvm.ptr
  llvm.return %0 : !llvm.ptr
}
llvm.mlir.global linkonce_odr thread_local local_unnamed_addr @g3(3 : i64) {addr_space = 0 : i32} : i64
llvm.func @decl(i32, !llvm.ptr {llvm.noalias}) -> i64
llvm.func @va(!llvm.ptr, ...) -> i32
llvm.func internal fastcc @f(%arg0: i32, %arg1: i32, %arg2: !llvm.ptr {llvm.align = 64 : i64, llvm.noalias}, %arg3: f64, %arg4: vector<4xf32>, %arg5: vector<4xi1>) -> i32 attributes {foo = 1 : i32, passthrough = ["nounwind"]} {
  %0 = llvm.mlir.constant(1 : i32) : i32
  %1 = llvm.mlir.undef : i32
  %2 = llvm.mlir.poison : vector<4xf32>
  %3 = llvm.mlir.zero : !llvm.ptr
  %4 = llvm.mlir.addressof @msg : !llvm.ptr
  %5 = llvm.add %arg0, %arg1 : i32
  %6 = llvm.add %arg0, %arg1 overflow<nsw, nuw> : i32
  %7 = llvm.udiv exact %arg0, %arg1 : i32
  %8 = llvm.or disjoint %arg0, %arg1 : i32
  %9 = llvm.fadd %arg3, %arg3 {fastmathFlags = #llvm.fastmath<fast>} : f64
  %10 = llvm.fadd %arg3, %arg3 {fastmathFlags = #llvm.fastmath<nnan, contract>} : f64
  %11 = llvm.fneg %arg3 : f64
  %12 = llvm.icmp "slt" %arg0, %arg1 : i32
  %13 = llvm.fcmp "olt" %arg3, %arg3 : f64
  %14 = llvm.select %12, %arg0, %arg1 : i1, i32
  %15 = llvm.freeze %arg0 : i32
  llvm.inline_asm has_side_effects asm_dialect = att "bar.sync 0;", "~{memory}"  : () -> ()
  llvm.inline_asm is_align_stack {foo} "nop", "r" %arg0 : (i32) -> ()
  %16 = llvm.load %arg2 {alignment = 8 : i64, nontemporal} : !llvm.ptr -> i32
  %17 = llvm.load volatile %arg2 invariant : !llvm.ptr -> i32
  llvm.store %arg0, %arg2 {alignment = 4 : i64, nontemporal} : i32, !llvm.ptr
  llvm.store volatile %arg0, %arg2 : i32, !llvm.ptr
  %18 = llvm.alloca %arg0 x i32 {alignment = 8 : i64} : (i32) -> !llvm.ptr
  %19 = llvm.alloca inalloca %arg0 x i32 : (i32) -> !llvm.ptr
  %20 = llvm.getelementptr %arg2[%arg0] : (!llvm.ptr, i32) -> !llvm.ptr, f32
  %21 = llvm.getelementptr inbounds %arg2[0, 1, %arg0, 1] : (!llvm.ptr, i32) -> !llvm.ptr, !llvm.struct<(i32, array<4 x struct<(i8, i16)>>)>
  %22 = llvm.getelementptr inbounds|nuw %arg2[%arg0, 1] : (!llvm.ptr, i32) -> !llvm.ptr, !llvm.struct<(i32, array<4 x i32>)>
  %23 = llvm.trunc %arg0 : i32 to i8
  %24 = llvm.trunc %arg0 overflow<nsw> : i32 to i8
  %25 = llvm.zext %arg0 : i32 to i64
  %26 = llvm.zext nneg %arg0 : i32 to i64
  %27 = llvm.sext %arg0 : i32 to i64
  %28 = llvm.fptrunc %arg3 : f64 to f32
  %29 = llvm.fpext %28 : f32 to f64
  %30 = llvm.fptosi %arg3 : f64 to i32
  %31 = llvm.fptoui %arg3 : f64 to i32
  %32 = llvm.sitofp %arg0 : i32 to f64
  %33 = llvm.uitofp %arg0 : i32 to f64
  %34 = llvm.uitofp nneg %arg0 : i32 to f64
  %35 = llvm.bitcast %arg3 : f64 to i64
  %36 = llvm.inttoptr %35 : i64 to !llvm.ptr
  %37 = llvm.ptrtoint %36 : !llvm.ptr to i64
  %38 = llvm.addrspacecast %arg2 : !llvm.ptr to !llvm.ptr<1>
  %39 = llvm.mlir.undef : !llvm.struct<(i32, f64)>
  %40 = llvm.insertvalue %arg0, %39[0] : !llvm.struct<(i32, f64)>
  %41 = llvm.extractvalue %40[1] : !llvm.struct<(i32, f64)>
  %42 = llvm.extractelement %arg4[%arg0 : i32] : vector<4xf32>
  %43 = llvm.insertelement %42, %arg4[%arg0 : i32] : vector<4xf32>
  %44 = llvm.shufflevector %arg4, %arg4 [0, 4, -1, 2, 1] : vector<4xf32>
  %45 = llvm.call @decl(%arg0, %arg2) : (i32, !llvm.ptr) -> i64
  %46 = llvm.call @va(%arg2, %arg0) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i32) -> i32
  %47 = llvm.call %arg2(%arg0) : !llvm.ptr, (i32) -> i32
  llvm.call fastcc @vd() {fastmathFlags = #llvm.fastmath<nnan>} : () -> ()
  llvm.call tail @vd() : () -> ()
  llvm.cond_br %12, ^bb1(%arg0 : i32), ^bb2
^bb1(%48: i32):
  llvm.br ^bb2
^bb2:
  llvm.cond_br %12 weights([1, 2000]), ^bb3, ^bb4
^bb3:
  llvm.switch %arg0 : i32, ^bb4 [
    1: ^bb5(%arg0 : i32),
    -2: ^bb6
  ]
^bb4:
  llvm.unreachable
^bb5(%49: i32):
  llvm.return %49 : i32
^bb6:
  llvm.br ^bb5(%arg0 : i32) {foo}
}
llvm.func @vd() {
  llvm.return
}
llvm.func private hidden local_unnamed_addr @vd2() -> (i32 {llvm.zeroext}) attributes {dso_local} {
  %0 = llvm.mlir.constant(1 : i32) : i32
  llvm.return %0 : i32
}
llvm.func @ty(!llvm.struct<"foo", (i32, ptr)>, !llvm.struct<packed (i8, i32)>, !llvm.struct<"op", opaque>, !llvm.struct<"rec", (ptr, i32)>, !llvm.array<3 x array<4 x f32>>, !llvm.ptr<3>, !llvm.struct<()>, !llvm.struct<"pk", packed (i32)>)
llvm.func @emp() attributes {llvm.foo} {
  %0 = llvm.mlir.constant(dense<0.000000e+00> : vector<4xf32>) : vector<4xf32>
  %1 = llvm.mlir.constant("foo") : !llvm.array<3 x i8>
  llvm.return
}
// -----
llvm.func @f(%arg0: i32, %arg1: i32, %arg2: !llvm.ptr, %arg3: f64, %arg4: f32, %arg5: vector<4xf32>, %arg6: vector<4xi32>, %arg7: vector<4xi1>, %arg8: i1, %arg9: i64, %arg10: i8) {
  %0 = llvm.intr.fma(%arg3, %arg3, %arg3) : (f64, f64, f64) -> f64
  %1 = llvm.intr.fmuladd(%arg3, %arg3, %arg3) {fastmathFlags = #llvm.fastmath<nnan>} : (f64, f64, f64) -> f64
  %2 = llvm.intr.sqrt(%arg3) : (f64) -> f64
  %3 = llvm.intr.floor(%arg3) : (f64) -> f64
  %4 = llvm.intr.ceil(%arg3) : (f64) -> f64
  %5 = llvm.intr.trunc(%arg3) : (f64) -> f64
  %6 = llvm.intr.round(%arg3) : (f64) -> f64
  %7 = llvm.intr.roundeven(%arg3) : (f64) -> f64
  %8 = llvm.intr.rint(%arg3) : (f64) -> f64
  %9 = llvm.intr.nearbyint(%arg3) : (f64) -> f64
  %10 = llvm.intr.fabs(%arg3) : (f64) -> f64
  %11 = llvm.intr.copysign(%arg3, %arg3) : (f64, f64) -> f64
  %12 = "llvm.intr.ctlz"(%arg0) <{is_zero_poison = false}> : (i32) -> i32
  %13 = "llvm.intr.cttz"(%arg0) <{is_zero_poison = true}> : (i32) -> i32
  %14 = llvm.intr.ctpop(%arg0) : (i32) -> i32
  %15 = llvm.intr.bitreverse(%arg0) : (i32) -> i32
  %16 = llvm.intr.bswap(%arg0) : (i32) -> i32
  %17 = llvm.intr.smin(%arg0, %arg1) : (i32, i32) -> i32
  %18 = llvm.intr.smax(%arg0, %arg1) : (i32, i32) -> i32
  %19 = llvm.intr.umin(%arg0, %arg1) : (i32, i32) -> i32
  %20 = llvm.intr.umax(%arg0, %arg1) : (i32, i32) -> i32
  %21 = "llvm.intr.abs"(%arg0) <{is_int_min_poison = false}> : (i32) -> i32
  %22 = "llvm.intr.sadd.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %23 = "llvm.intr.uadd.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %24 = "llvm.intr.ssub.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %25 = "llvm.intr.usub.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %26 = "llvm.intr.smul.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %27 = "llvm.intr.umul.with.overflow"(%arg0, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %28 = llvm.intr.sadd.sat(%arg0, %arg1) : (i32, i32) -> i32
  %29 = llvm.intr.uadd.sat(%arg0, %arg1) : (i32, i32) -> i32
  %30 = llvm.intr.ssub.sat(%arg0, %arg1) : (i32, i32) -> i32
  %31 = llvm.intr.usub.sat(%arg0, %arg1) : (i32, i32) -> i32
  %32 = llvm.intr.sshl.sat(%arg0, %arg1) : (i32, i32) -> i32
  %33 = llvm.intr.ushl.sat(%arg0, %arg1) : (i32, i32) -> i32
  %34 = llvm.intr.fshl(%arg0, %arg1, %arg1) : (i32, i32, i32) -> i32
  %35 = llvm.intr.fshr(%arg0, %arg1, %arg1) : (i32, i32, i32) -> i32
  %36 = llvm.intr.minimum(%arg3, %arg3) : (f64, f64) -> f64
  %37 = llvm.intr.maximum(%arg3, %arg3) : (f64, f64) -> f64
  %38 = llvm.intr.minnum(%arg3, %arg3) : (f64, f64) -> f64
  %39 = llvm.intr.maxnum(%arg3, %arg3) : (f64, f64) -> f64
  %40 = llvm.call_intrinsic "llvm.fptosi.sat"(%arg3) : (f64) -> i32
  %41 = llvm.call_intrinsic "llvm.fptoui.sat"(%arg3) {fastmathFlags = #llvm.fastmath<nnan>} : (f64) -> i32
  %42 = llvm.intr.masked.load %arg2, %arg7, %arg5 {alignment = 4 : i32, nontemporal} : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
  llvm.intr.masked.store %arg5, %arg2, %arg7 {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into !llvm.ptr
  %43 = "llvm.intr.vector.reduce.fadd"(%arg4, %arg5) <{fastmathFlags = #llvm.fastmath<reassoc>}> : (f32, vector<4xf32>) -> f32
  %44 = "llvm.intr.vector.reduce.fmul"(%arg4, %arg5) <{fastmathFlags = #llvm.fastmath<none>}> : (f32, vector<4xf32>) -> f32
  %45 = llvm.intr.vector.reduce.fmax(%arg5) : (vector<4xf32>) -> f32
  %46 = llvm.intr.vector.reduce.fmin(%arg5) {fastmathFlags = #llvm.fastmath<nnan>} : (vector<4xf32>) -> f32
  %47 = llvm.intr.vector.reduce.fmaximum(%arg5) : (vector<4xf32>) -> f32
  %48 = llvm.intr.vector.reduce.fminimum(%arg5) : (vector<4xf32>) -> f32
  %49 = "llvm.intr.vector.reduce.add"(%arg6) : (vector<4xi32>) -> i32
  %50 = "llvm.intr.vector.reduce.mul"(%arg6) : (vector<4xi32>) -> i32
  %51 = "llvm.intr.vector.reduce.and"(%arg6) : (vector<4xi32>) -> i32
  %52 = "llvm.intr.vector.reduce.or"(%arg6) : (vector<4xi32>) -> i32
  %53 = "llvm.intr.vector.reduce.xor"(%arg6) : (vector<4xi32>) -> i32
  %54 = "llvm.intr.vector.reduce.smax"(%arg6) : (vector<4xi32>) -> i32
  %55 = "llvm.intr.vector.reduce.smin"(%arg6) : (vector<4xi32>) -> i32
  %56 = "llvm.intr.vector.reduce.umax"(%arg6) : (vector<4xi32>) -> i32
  %57 = "llvm.intr.vector.reduce.umin"(%arg6) : (vector<4xi32>) -> i32
  "llvm.intr.memcpy"(%arg2, %arg2, %arg9) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  "llvm.intr.memmove"(%arg2, %arg2, %arg9) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  "llvm.intr.memset"(%arg2, %arg10, %arg9) <{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()
  %58 = "llvm.intr.is.fpclass"(%arg3) <{bit = 3 : i32}> : (f64) -> i1
  llvm.intr.assume %arg8 : i1
  llvm.intr.assume %arg8 ["align"(%arg2, %arg9 : !llvm.ptr, i64)] : i1
  %59 = llvm.intr.stacksave : !llvm.ptr
  llvm.intr.stackrestore %59 : !llvm.ptr
  %60 = llvm.intr.expect %arg0, %arg1 : i32
  llvm.intr.lifetime.start %59 : !llvm.ptr
  %61 = llvm.mlir.undef : vector<4x!llvm.ptr>
  %62 = llvm.intr.masked.gather %61, %arg7, %arg5 {alignment = 4 : i32} : (vector<4x!llvm.ptr>, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
  llvm.intr.masked.scatter %arg5, %61, %arg7 {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into vector<4x!llvm.ptr>
  llvm.return
}
// -----
// Attributes after the operands, empty switches, bundles, calls that carry promises.
llvm.func @decl() -> i32
llvm.func @attributes(%v: vector<4xf32>, %i: i32, %e: f32, %c: i1, %p: !llvm.ptr) -> !llvm.struct<(i32, f64)> {
  %0 = llvm.insertelement %e, %v[%i : i32] {foo} : vector<4xf32>
  %1 = llvm.shufflevector %v, %v [0, 1] {foo} : vector<4xf32>
  %u = llvm.mlir.undef : !llvm.struct<(i32, f64)>
  %2 = llvm.insertvalue %i, %u[0] {foo} : !llvm.struct<(i32, f64)>
  llvm.intr.assume %c ["align"(%i, %i : i32, i32)] : i1 {foo}
  %3 = llvm.call @decl() ["align"(%i, %i : i32, i32)] {foo} : () -> i32
  llvm.call_intrinsic "llvm.assume"(%c) ["align"(%i, %i : i32, i32)] {foo} : (i1) -> ()
  %4 = llvm.load %p atomic monotonic {alignment = 8 : i64} : !llvm.ptr -> i32
  %5 = llvm.load volatile %p atomic syncscope("singlethread") monotonic {alignment = 8 : i64} : !llvm.ptr -> i32
  llvm.store %4, %p atomic release {alignment = 8 : i64} : i32, !llvm.ptr
  llvm.intr.lifetime.end %p : !llvm.ptr
  %n = llvm.call_intrinsic "llvm.threadlocal.address.p0"(%p) : (!llvm.ptr) -> !llvm.ptr
  llvm.switch %i : i32, ^bb1 [
  ] {foo}
^bb1:
  llvm.cond_br %c, ^bb2(%i : i32), ^bb1 {foo}
^bb2(%x: i32):
  llvm.return %2 : !llvm.struct<(i32, f64)>
}
// -----
// The rest of arithmetic.
llvm.func @arithmetic(%a: i32, %b: i32, %x: f64, %v: vector<4xf32>, %w: vector<4xi64>) {
  %0 = llvm.sub %a, %b overflow<nuw> : i32
  %1 = llvm.mul %a, %b overflow<nsw> : i32
  %2 = llvm.shl %a, %b : i32
  %3 = llvm.sdiv exact %a, %b : i32
  %4 = llvm.urem %a, %b : i32
  %5 = llvm.srem %a, %b : i32
  %6 = llvm.lshr exact %a, %b : i32
  %7 = llvm.ashr %a, %b : i32
  %8 = llvm.and %a, %b : i32
  %9 = llvm.xor %w, %w : vector<4xi64>
  %10 = llvm.fsub %x, %x : f64
  %11 = llvm.fmul %v, %v {fastmathFlags = #llvm.fastmath<nsz, arcp, afn>} : vector<4xf32>
  %12 = llvm.fdiv %x, %x : f64
  %13 = llvm.frem %x, %x {fastmathFlags = #llvm.fastmath<ninf>} : f64
  %14 = llvm.icmp "ule" %w, %w : vector<4xi64>
  %15 = llvm.fcmp "uno" %v, %v : vector<4xf32>
  %16 = llvm.select %14, %w, %w : vector<4xi1>, vector<4xi64>
  llvm.return
}
