// pipeline: gpu-kernel-outlining,canonicalize,cse
// Views and scalar arithmetic move into the kernel, so does an element that the host would wait for; sizes stay.
func.func @f(%x: memref<?x?xf32>, %s: memref<f32>, %r: f32, %n: index) {
  %c1 = arith.constant 1 : index
  %c256 = arith.constant 256 : index
  %v = memref.collapse_shape %x [[0, 1]] : memref<?x?xf32> into memref<?xf32>
  %e = memref.load %s[] : memref<f32>
  %p = arith.mulf %e, %r : f32
  %m = arith.addi %n, %c1 : index
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c256, %sy = %c1, %sz = %c1) {
    memref.store %p, %v[%m] : memref<?xf32>
    gpu.terminator
  } {mlir.block_size = 256 : i32}
  return
}
// -----
// =>
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @f_kernel(%arg0: memref<f32>, %arg1: f32, %arg2: memref<?x?xf32>, %arg3: index) kernel attributes {known_block_size = array<i32: 256, 1, 1>, mlir.block_size = 256 : i32} {
      %e = memref.load %arg0[] : memref<f32>
      %p = arith.mulf %e, %arg1 : f32
      %v = memref.collapse_shape %arg2 [[0, 1]] : memref<?x?xf32> into memref<?xf32>
      memref.store %p, %v[%arg3] : memref<?xf32>
      gpu.return
    }
  }
  func.func @f(%x: memref<?x?xf32>, %s: memref<f32>, %r: f32, %n: index) {
    %c1 = arith.constant 1 : index
    %c256 = arith.constant 256 : index
    %m = arith.addi %n, %c1 : index
    gpu.launch_func @kernels::@f_kernel blocks in (%n, %c1, %c1) threads in (%c256, %c1, %c1) args(%s : memref<f32>, %r : f32, %x : memref<?x?xf32>, %m : index)
    return
  }
}
// -----
// What a launch in between writes is read where it was read.
func.func @g(%x: memref<f32>, %s: memref<f32>, %n: index) {
  %c1 = arith.constant 1 : index
  %e = memref.load %s[] : memref<f32>
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %c1, %sz = %c1) {
    %z = arith.constant 0.0 : f32
    memref.store %z, %s[] : memref<f32>
    gpu.terminator
  } {mlir.block_size = 1 : i32}
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c1, %sy = %c1, %sz = %c1) {
    memref.store %e, %x[] : memref<f32>
    gpu.terminator
  } {mlir.block_size = 1 : i32}
  return
}
// -----
// =>
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @g_kernel(%arg0: memref<f32>) kernel attributes {known_block_size = array<i32: 1, 1, 1>, mlir.block_size = 1 : i32} {
      %z = arith.constant 0.000000e+00 : f32
      memref.store %z, %arg0[] : memref<f32>
      gpu.return
    }
    gpu.func @g_kernel_0(%arg0: f32, %arg1: memref<f32>) kernel attributes {known_block_size = array<i32: 1, 1, 1>, mlir.block_size = 1 : i32} {
      memref.store %arg0, %arg1[] : memref<f32>
      gpu.return
    }
  }
  func.func @g(%x: memref<f32>, %s: memref<f32>, %n: index) {
    %c1 = arith.constant 1 : index
    %e = memref.load %s[] : memref<f32>
    gpu.launch_func @kernels::@g_kernel blocks in (%n, %c1, %c1) threads in (%c1, %c1, %c1) args(%s : memref<f32>)
    gpu.launch_func @kernels::@g_kernel_0 blocks in (%n, %c1, %c1) threads in (%c1, %c1, %c1) args(%e : f32, %x : memref<f32>)
    return
  }
}
