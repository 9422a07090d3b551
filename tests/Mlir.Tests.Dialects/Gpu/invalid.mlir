gpu.module @m {
  // expected-error@+1 {{expected void return type for kernel function}}
  gpu.func @k() -> f32 kernel {
    %x = arith.constant 1.0 : f32
    gpu.return %x : f32
  }
}
// -----
gpu.module @m {
  gpu.func @f() -> f32 {
    // expected-error@+1 {{expected 1 result operands}}
    gpu.return
  }
}
// -----
func.func @f() {
  // expected-error@+1 {{expects parent op 'gpu.func'}}
  "gpu.return"() : () -> ()
}
// -----
gpu.module @m {
  // expected-error@+1 {{expected memref type in attribution}}
  gpu.func @k() workgroup(%w: f32) kernel {
    gpu.return
  }
}
// -----
gpu.module @m {
  gpu.func @f(%x: f32) {
    // expected-error@+1 {{cluster size 3 is not a positive power of two}}
    %s = gpu.subgroup_reduce add %x cluster(size = 3) : (f32) -> f32
    gpu.return
  }
}
// -----
gpu.module @m {
  gpu.func @f(%x: f32) {
    // expected-error@+1 {{cluster stride can only be specified if cluster size is specified}}
    %s = "gpu.subgroup_reduce"(%x) <{op = #gpu<all_reduce_op add>, cluster_stride = 2 : i32}> : (f32) -> f32
    gpu.return
  }
}
// -----
gpu.module @m {
  gpu.func @f(%x: f32) {
    // expected-error@+1 {{expected either an op attribute or a non-empty body}}
    %s = gpu.all_reduce %x {} : (f32) -> f32
    gpu.return
  }
}
// -----
gpu.module @m {
  gpu.func @f(%x: f32) {
    // expected-error@+1 {{expected two region arguments}}
    %s = gpu.all_reduce %x {
    ^bb0(%p: f32):
      gpu.yield %p : f32
    } : (f32) -> f32
    gpu.return
  }
}
// -----
func.func @main(%n: index) {
  // expected-error@+1 {{kernel function '@m::@k' is undefined}}
  gpu.launch_func @m::@k blocks in (%n, %n, %n) threads in (%n, %n, %n)
  return
}
// -----
gpu.module @m {
  gpu.func @k(%x: f32) kernel {
    gpu.return
  }
}
func.func @main(%n: index) {
  // expected-error@+1 {{got 0 kernel operands}}
  gpu.launch_func @m::@k blocks in (%n, %n, %n) threads in (%n, %n, %n)
  return
}
// -----
gpu.module @m {
  gpu.func @k() {
    gpu.return
  }
}
func.func @main(%n: index) {
  // expected-error@+1 {{is missing the 'gpu.kernel' attribute}}
  gpu.launch_func @m::@k blocks in (%n, %n, %n) threads in (%n, %n, %n)
  return
}
// -----
func.func @main(%n: index) {
  // expected-error@+1 {{expected 'gpu.terminator' at the end of its body}}
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    cf.br ^end
  ^end:
    llvm.unreachable
  }
  return
}
// -----
func.func @main(%n: index) {
  // expected-error@+1 {{expected three sizes of blocks}}
  gpu.launch_func @m::@k blocks in (%n, %n) threads in (%n, %n, %n)
  return
}
// -----
gpu.module @m {
  gpu.func @f() {
    // expected-error@+1 {{expected one of x, y, z}}
    %t = gpu.thread_id w
    gpu.return
  }
}
