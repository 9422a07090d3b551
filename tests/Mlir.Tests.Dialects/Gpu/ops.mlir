// Numbers of threads and blocks, with and without bounds.
gpu.module @numbers {
  gpu.func @f() {
    %t = gpu.thread_id x
    %b = gpu.block_id y upper_bound 65535
    %d = gpu.block_dim z {test.note}
    %g = gpu.grid_dim x
    %i = gpu.global_id x
    %l = gpu.lane_id upper_bound 32
    %m = gpu.lane_id
    %s = gpu.subgroup_id : index
    %n = gpu.num_subgroups upper_bound 32 : index
    %w = gpu.subgroup_size : index
    gpu.return
  }
}
// -----
// What the threads of a subgroup and of a block tell each other.
gpu.module @exchange {
  gpu.func @f(%x: f32, %offset: i32, %width: i32) -> (f32, i1) {
    gpu.barrier
    %m = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
    %v, %ok = gpu.shuffle xor %x, %offset, %width : f32
    %v1, %ok1 = gpu.shuffle down %x, %offset, %width : f32
    %v2, %ok2 = gpu.shuffle up %x, %offset, %width {test.note} : f32
    %v3, %ok3 = gpu.shuffle idx %x, %offset, %width : f32
    %s = gpu.subgroup_reduce add %x : (f32) -> f32
    %s1 = gpu.subgroup_reduce maximumf %x uniform {test.note} : (f32) -> f32
    %s2 = gpu.subgroup_reduce mul %x cluster(size = 4) : (f32) -> f32
    %s3 = gpu.subgroup_reduce minnumf %x uniform cluster(size = 8, stride = 4) : (f32) -> f32
    %a = gpu.all_reduce add %x {} : (f32) -> f32
    %a1 = gpu.all_reduce maxsi %width uniform {} {test.note} : (i32) -> i32
    %a2 = gpu.all_reduce %x {
    ^bb0(%p: f32, %q: f32):
      %r = arith.addf %p, %q : f32
      gpu.yield %r : f32
    } : (f32) -> f32
    gpu.return %v, %ok : f32, i1
  }
}
// -----
// Kernels with shared and private memory, and launches of them.
module attributes {gpu.container_module} {
  gpu.module @kernels attributes {test.note} {
    gpu.func @k(%a: memref<?xf32>, %n: index) workgroup(%w: memref<32xf32, #gpu.address_space<workgroup>>, %v: memref<2xi8, #gpu.address_space<workgroup>>) private(%p: memref<1xf32, #gpu.address_space<private>>) kernel attributes {known_block_size = array<i32: 256, 1, 1>} {
      gpu.return
    }
    gpu.func @empty() private(%p: memref<1xf32, #gpu.address_space<private>>) kernel attributes {known_grid_size = array<i32: 1, 1, 1>, test.note} {
      gpu.return
    }
    gpu.func @attributes(%a: memref<?xf32, #gpu.address_space<global>> {test.read}, %b: f32) kernel {
      gpu.return
    }
  }
  func.func @main(%a: memref<?xf32>, %n: index, %bytes: i32) {
    %c1 = arith.constant 1 : index
    gpu.launch_func @kernels::@k blocks in (%n, %c1, %c1) threads in (%c1, %n, %c1) dynamic_shared_memory_size %bytes args(%a : memref<?xf32>, %n : index) {test.note}
    gpu.launch_func @kernels::@empty blocks in (%n, %c1, %c1) threads in (%c1, %c1, %c1)
    gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %n, %sz = %c1) dynamic_shared_memory_size %bytes workgroup(%w: memref<32xf32, #gpu.address_space<workgroup>>) private(%p: memref<1xf32, #gpu.address_space<private>>) {
      gpu.terminator
    }
    gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %n, %sz = %c1) {
      %y = arith.addi %bx, %ty : index
      gpu.terminator
    } {test.note}
    return
  }
}
