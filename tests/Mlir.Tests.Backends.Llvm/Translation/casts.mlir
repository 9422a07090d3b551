// Between integers and floats of every width.
llvm.func @numbers(%a: i8, %x: f32) -> f64 {
  %0 = llvm.sext %a : i8 to i32
  %1 = llvm.zext %a : i8 to i64
  %2 = llvm.trunc %1 : i64 to i16
  %3 = llvm.sitofp %0 : i32 to f32
  %4 = llvm.uitofp %2 : i16 to f64
  %5 = llvm.fpext %x : f32 to f64
  %6 = llvm.fptrunc %5 : f64 to f16
  %7 = llvm.fpext %6 : f16 to f32
  %8 = llvm.fptosi %7 : f32 to i32
  %9 = llvm.fptoui %3 : f32 to i32
  %10 = llvm.add %8, %9 : i32
  %11 = llvm.sitofp %10 : i32 to f64
  %12 = llvm.fadd %11, %4 : f64
  llvm.return %12 : f64
}

// -----

// Bits under another type, and addresses.
llvm.func @bits(%a: i64, %p: !llvm.ptr) -> f64 {
  %0 = llvm.ptrtoint %p : !llvm.ptr to i64
  %1 = llvm.inttoptr %a : i64 to !llvm.ptr
  %2 = llvm.load %1 : !llvm.ptr -> i64
  %3 = llvm.add %0, %2 : i64
  %4 = llvm.bitcast %3 : i64 to f64
  llvm.return %4 : f64
}
