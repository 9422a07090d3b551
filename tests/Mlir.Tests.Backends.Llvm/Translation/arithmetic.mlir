// Wrapping integer arithmetic and its promises about overflow.
llvm.func @integers(%a: i64, %b: i64) -> i64 {
  %0 = llvm.add %a, %b : i64
  %1 = llvm.sub %0, %b overflow<nsw> : i64
  %2 = llvm.mul %1, %b overflow<nsw, nuw> : i64
  %3 = llvm.sdiv %2, %b : i64
  %4 = llvm.udiv %3, %b : i64
  %5 = llvm.srem %4, %b : i64
  %6 = llvm.urem %5, %a : i64
  llvm.return %6 : i64
}

// -----

// Bitwise logic and shifts.
llvm.func @bits(%a: i32, %b: i32) -> i32 {
  %0 = llvm.and %a, %b : i32
  %1 = llvm.or %0, %b : i32
  %2 = llvm.xor %1, %a : i32
  %3 = llvm.shl %2, %b : i32
  %4 = llvm.lshr %3, %b : i32
  %5 = llvm.ashr %4, %a : i32
  llvm.return %5 : i32
}

// -----

// Floats, with and without licences.
llvm.func @floats(%a: f64, %b: f64) -> f64 {
  %0 = llvm.fadd %a, %b : f64
  %1 = llvm.fsub %0, %b {fastmathFlags = #llvm.fastmath<nnan, ninf>} : f64
  %2 = llvm.fmul %1, %b {fastmathFlags = #llvm.fastmath<contract>} : f64
  %3 = llvm.fdiv %2, %b {fastmathFlags = #llvm.fastmath<fast>} : f64
  %4 = llvm.frem %3, %b {fastmathFlags = #llvm.fastmath<reassoc>} : f64
  %5 = llvm.fneg %4 : f64
  llvm.return %5 : f64
}

// -----

// Every integer predicate.
llvm.func @icmp(%a: i16, %b: i16) -> i1 {
  %0 = llvm.icmp "eq" %a, %b : i16
  %1 = llvm.icmp "ne" %a, %b : i16
  %2 = llvm.icmp "slt" %a, %b : i16
  %3 = llvm.icmp "sle" %a, %b : i16
  %4 = llvm.icmp "sgt" %a, %b : i16
  %5 = llvm.icmp "sge" %a, %b : i16
  %6 = llvm.icmp "ult" %a, %b : i16
  %7 = llvm.icmp "ule" %a, %b : i16
  %8 = llvm.icmp "ugt" %a, %b : i16
  %9 = llvm.icmp "uge" %a, %b : i16
  %10 = llvm.xor %0, %1 : i1
  %11 = llvm.xor %10, %2 : i1
  %12 = llvm.xor %11, %3 : i1
  %13 = llvm.xor %12, %4 : i1
  %14 = llvm.xor %13, %5 : i1
  %15 = llvm.xor %14, %6 : i1
  %16 = llvm.xor %15, %7 : i1
  %17 = llvm.xor %16, %8 : i1
  %18 = llvm.xor %17, %9 : i1
  llvm.return %18 : i1
}

// -----

// Every float predicate.
llvm.func @fcmp(%a: f32, %b: f32) -> i1 {
  %0 = llvm.fcmp "oeq" %a, %b : f32
  %1 = llvm.fcmp "ogt" %a, %b : f32
  %2 = llvm.fcmp "oge" %a, %b : f32
  %3 = llvm.fcmp "olt" %a, %b : f32
  %4 = llvm.fcmp "ole" %a, %b : f32
  %5 = llvm.fcmp "one" %a, %b : f32
  %6 = llvm.fcmp "ord" %a, %b : f32
  %7 = llvm.fcmp "ueq" %a, %b : f32
  %8 = llvm.fcmp "ugt" %a, %b : f32
  %9 = llvm.fcmp "uge" %a, %b : f32
  %10 = llvm.fcmp "ult" %a, %b : f32
  %11 = llvm.fcmp "ule" %a, %b : f32
  %12 = llvm.fcmp "une" %a, %b : f32
  %13 = llvm.fcmp "uno" %a, %b : f32
  %14 = llvm.select %0, %1, %2 : i1, i1
  %15 = llvm.select %3, %4, %14 : i1, i1
  %16 = llvm.select %5, %6, %15 : i1, i1
  %17 = llvm.select %7, %8, %16 : i1, i1
  %18 = llvm.select %9, %10, %17 : i1, i1
  %19 = llvm.select %11, %12, %18 : i1, i1
  %20 = llvm.select %13, %19, %0 : i1, i1
  llvm.return %20 : i1
}

// -----

// An undefined input is pinned down by freeze.
llvm.func @freeze(%a: i32) -> i32 {
  %0 = llvm.freeze %a : i32
  llvm.return %0 : i32
}
