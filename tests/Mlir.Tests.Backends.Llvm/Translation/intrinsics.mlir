// Rounding, roots and signs are instructions.
llvm.func @floats(%x: f64, %y: f64, %z: f64) -> f64 {
  %0 = llvm.intr.sqrt(%x) : (f64) -> f64
  %1 = llvm.intr.floor(%0) : (f64) -> f64
  %2 = llvm.intr.ceil(%1) : (f64) -> f64
  %3 = llvm.intr.trunc(%2) : (f64) -> f64
  %4 = llvm.intr.roundeven(%3) : (f64) -> f64
  %5 = llvm.intr.round(%4) : (f64) -> f64
  %6 = llvm.intr.rint(%5) : (f64) -> f64
  %7 = llvm.intr.nearbyint(%6) : (f64) -> f64
  %8 = llvm.intr.fabs(%7) {fastmathFlags = #llvm.fastmath<nnan>} : (f64) -> f64
  %9 = llvm.intr.copysign(%8, %y) : (f64, f64) -> f64
  %10 = llvm.intr.fma(%9, %y, %z) : (f64, f64, f64) -> f64
  %11 = llvm.intr.fmuladd(%10, %y, %z) : (f64, f64, f64) -> f64
  %12 = llvm.intr.minnum(%11, %y) : (f64, f64) -> f64
  %13 = llvm.intr.maxnum(%12, %y) : (f64, f64) -> f64
  %14 = llvm.intr.minimum(%13, %y) : (f64, f64) -> f64
  %15 = llvm.intr.maximum(%14, %y) : (f64, f64) -> f64
  llvm.return %15 : f64
}

// -----

// Integers: bits, extremes, saturation.
llvm.func @integers(%a: i32, %b: i32, %c: i32) -> i32 {
  %0 = "llvm.intr.ctlz"(%a) <{is_zero_poison = false}> : (i32) -> i32
  %1 = "llvm.intr.cttz"(%0) <{is_zero_poison = true}> : (i32) -> i32
  %2 = llvm.intr.ctpop(%1) : (i32) -> i32
  %3 = llvm.intr.bitreverse(%2) : (i32) -> i32
  %4 = llvm.intr.bswap(%3) : (i32) -> i32
  %5 = llvm.intr.fshl(%4, %b, %c) : (i32, i32, i32) -> i32
  %6 = llvm.intr.fshr(%5, %b, %c) : (i32, i32, i32) -> i32
  %7 = llvm.intr.smax(%6, %b) : (i32, i32) -> i32
  %8 = llvm.intr.smin(%7, %b) : (i32, i32) -> i32
  %9 = llvm.intr.umax(%8, %b) : (i32, i32) -> i32
  %10 = llvm.intr.umin(%9, %b) : (i32, i32) -> i32
  %11 = "llvm.intr.abs"(%10) <{is_int_min_poison = false}> : (i32) -> i32
  %12 = llvm.intr.sadd.sat(%11, %b) : (i32, i32) -> i32
  %13 = llvm.intr.uadd.sat(%12, %b) : (i32, i32) -> i32
  %14 = llvm.intr.ssub.sat(%13, %b) : (i32, i32) -> i32
  %15 = llvm.intr.usub.sat(%14, %b) : (i32, i32) -> i32
  %16 = llvm.intr.sshl.sat(%15, %b) : (i32, i32) -> i32
  %17 = llvm.intr.ushl.sat(%16, %b) : (i32, i32) -> i32
  llvm.return %17 : i32
}

// -----

// Arithmetic that says whether it overflowed.
llvm.func @overflow(%a: i64, %b: i64) -> i1 {
  %0 = "llvm.intr.sadd.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %1 = "llvm.intr.uadd.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %2 = "llvm.intr.ssub.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %3 = "llvm.intr.usub.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %4 = "llvm.intr.smul.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %5 = "llvm.intr.umul.with.overflow"(%a, %b) : (i64, i64) -> !llvm.struct<(i64, i1)>
  %6 = llvm.extractvalue %0[1] : !llvm.struct<(i64, i1)>
  %7 = llvm.extractvalue %1[1] : !llvm.struct<(i64, i1)>
  %8 = llvm.extractvalue %2[1] : !llvm.struct<(i64, i1)>
  %9 = llvm.extractvalue %3[1] : !llvm.struct<(i64, i1)>
  %10 = llvm.extractvalue %4[1] : !llvm.struct<(i64, i1)>
  %11 = llvm.extractvalue %5[1] : !llvm.struct<(i64, i1)>
  %12 = llvm.or %6, %7 : i1
  %13 = llvm.or %12, %8 : i1
  %14 = llvm.or %13, %9 : i1
  %15 = llvm.or %14, %10 : i1
  %16 = llvm.or %15, %11 : i1
  llvm.return %16 : i1
}

// -----

// A vector's lanes become one value.
llvm.func @reductions(%v: vector<8xi32>, %w: vector<8xf32>, %x: f32) -> f32 {
  %0 = "llvm.intr.vector.reduce.add"(%v) : (vector<8xi32>) -> i32
  %1 = "llvm.intr.vector.reduce.mul"(%v) : (vector<8xi32>) -> i32
  %2 = "llvm.intr.vector.reduce.and"(%v) : (vector<8xi32>) -> i32
  %3 = "llvm.intr.vector.reduce.or"(%v) : (vector<8xi32>) -> i32
  %4 = "llvm.intr.vector.reduce.xor"(%v) : (vector<8xi32>) -> i32
  %5 = "llvm.intr.vector.reduce.smax"(%v) : (vector<8xi32>) -> i32
  %6 = "llvm.intr.vector.reduce.smin"(%v) : (vector<8xi32>) -> i32
  %7 = "llvm.intr.vector.reduce.umax"(%v) : (vector<8xi32>) -> i32
  %8 = "llvm.intr.vector.reduce.umin"(%v) : (vector<8xi32>) -> i32
  %9 = llvm.intr.vector.reduce.fmax(%w) : (vector<8xf32>) -> f32
  %10 = llvm.intr.vector.reduce.fmin(%w) : (vector<8xf32>) -> f32
  %11 = llvm.intr.vector.reduce.fmaximum(%w) : (vector<8xf32>) -> f32
  %12 = llvm.intr.vector.reduce.fminimum(%w) : (vector<8xf32>) -> f32
  %13 = "llvm.intr.vector.reduce.fadd"(%x, %w) <{fastmathFlags = #llvm.fastmath<reassoc>}> : (f32, vector<8xf32>) -> f32
  %14 = "llvm.intr.vector.reduce.fmul"(%x, %w) : (f32, vector<8xf32>) -> f32
  %15 = llvm.add %0, %1 : i32
  %16 = llvm.add %15, %2 : i32
  %17 = llvm.add %16, %3 : i32
  %18 = llvm.add %17, %4 : i32
  %19 = llvm.add %18, %5 : i32
  %20 = llvm.add %19, %6 : i32
  %21 = llvm.add %20, %7 : i32
  %22 = llvm.add %21, %8 : i32
  %23 = llvm.sitofp %22 : i32 to f32
  %24 = llvm.fadd %9, %10 : f32
  %25 = llvm.fadd %24, %11 : f32
  %26 = llvm.fadd %25, %12 : f32
  %27 = llvm.fadd %26, %13 : f32
  %28 = llvm.fadd %27, %14 : f32
  %29 = llvm.fadd %28, %23 : f32
  llvm.return %29 : f32
}

// -----

// Lanes that take no part in an access.
llvm.func @masked(%p: !llvm.ptr, %m: vector<4xi1>, %v: vector<4xf64>, %ps: vector<4x!llvm.ptr>) {
  %0 = llvm.intr.masked.load %p, %m, %v {alignment = 8 : i32} : (!llvm.ptr, vector<4xi1>, vector<4xf64>) -> vector<4xf64>
  llvm.intr.masked.store %0, %p, %m {alignment = 8 : i32} : vector<4xf64>, vector<4xi1> into !llvm.ptr
  %1 = llvm.intr.masked.gather %ps, %m, %v {alignment = 8 : i32} : (vector<4x!llvm.ptr>, vector<4xi1>, vector<4xf64>) -> vector<4xf64>
  llvm.intr.masked.scatter %1, %ps, %m {alignment = 8 : i32} : vector<4xf64>, vector<4xi1> into vector<4x!llvm.ptr>
  llvm.return
}

// -----

// Blocks of memory, the stack, and hints.
llvm.func @blocks(%p: !llvm.ptr, %q: !llvm.ptr, %n: i64, %b: i8, %c: i1) -> i1 {
  %0 = llvm.intr.stacksave : !llvm.ptr
  "llvm.intr.memcpy"(%p, %q, %n) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  "llvm.intr.memmove"(%p, %q, %n) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  "llvm.intr.memset"(%p, %b, %n) <{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()
  llvm.intr.stackrestore %0 : !llvm.ptr
  %1 = llvm.intr.expect %c, %c : i1
  llvm.return %1 : i1
}

// -----

// What kind of number it is.
llvm.func @classify(%x: f64) -> i1 {
  %0 = "llvm.intr.is.fpclass"(%x) <{bit = 3 : i32}> : (f64) -> i1
  llvm.return %0 : i1
}
