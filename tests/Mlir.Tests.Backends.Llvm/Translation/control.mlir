// A loop: block arguments become phis.
llvm.func @sum(%n: i64) -> i64 {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^head(%zero, %zero : i64, i64)
^head(%i: i64, %s: i64):
  %more = llvm.icmp "slt" %i, %n : i64
  llvm.cond_br %more, ^body, ^exit(%s : i64)
^body:
  %s2 = llvm.add %s, %i : i64
  %i2 = llvm.add %i, %one : i64
  llvm.br ^head(%i2, %s2 : i64, i64)
^exit(%r: i64):
  llvm.return %r : i64
}

// -----

// A switch with values of its own on each edge.
llvm.func @choose(%x: i32) -> i32 {
  %a = llvm.mlir.constant(10 : i32) : i32
  %b = llvm.mlir.constant(20 : i32) : i32
  llvm.switch %x : i32, ^other(%b : i32) [
    1: ^nowhere,
    7: ^join(%a : i32)
  ]
^other(%c: i32):
  llvm.br ^join(%c : i32)
^nowhere:
  llvm.unreachable
^join(%r: i32):
  llvm.return %r : i32
}

// -----

// Calls: direct, through a pointer, before the definition, of something elsewhere.
llvm.func @caller(%p: !llvm.ptr, %x: f64) -> f64 {
  %0 = llvm.call @callee(%x) : (f64) -> f64
  %1 = llvm.call %p(%0, %x) : !llvm.ptr, (f64, f64) -> f64
  llvm.call @nothing() : () -> ()
  llvm.return %1 : f64
}
llvm.func internal @callee(%x: f64) -> f64 {
  %0 = llvm.fmul %x, %x : f64
  llvm.return %0 : f64
}
llvm.func internal @nothing() {
  llvm.return
}

// -----

// What a function promises.
llvm.func @promises(%p: !llvm.ptr {llvm.noalias, llvm.nocapture, llvm.align = 64 : i64}, %x: i32 {llvm.noundef}) attributes {passthrough = ["norecurse", ["frame-pointer", "none"]], always_inline} {
  llvm.unreachable
}
