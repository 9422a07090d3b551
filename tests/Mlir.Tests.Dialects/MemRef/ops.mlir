#map = affine_map<(d0)[s0] -> (d0 + s0)>
memref.global "private" constant @c : memref<2xf32> = dense<[1.000000e+00, 2.000000e+00]> {alignment = 64 : i64}
memref.global @u : memref<4xi32> = uninitialized
memref.global @e : memref<4xi32>
func.func @m(%arg0: index, %arg1: f32, %arg2: memref<?xf32>, %arg3: memref<*xf32>, %arg4: memref<4x?xf32>, %arg5: memref<2xi32>) {
  %alloc = memref.alloc(%arg0) {alignment = 64 : i64, mlir.result = 0 : i32} : memref<?x4xf32>
  %alloc_0 = memref.alloc(%arg0)[%arg0] : memref<?xf32, #map>
  %alloca = memref.alloca() : memref<f32>
  memref.dealloc %alloc : memref<?x4xf32>
  %0 = memref.load %arg2[%arg0] : memref<?xf32>
  %1 = memref.load %arg2[%arg0] {nontemporal = true} : memref<?xf32>
  memref.store %arg1, %arg2[%arg0] : memref<?xf32>
  memref.store %arg1, %arg2[%arg0] {alignment = 16 : i64, nontemporal = true} : memref<?xf32>
  %dim = memref.dim %arg2, %arg0 : memref<?xf32>
  %cast = memref.cast %arg2 : memref<?xf32> to memref<4xf32>
  %subview = memref.subview %arg4[0, %arg0] [4, %arg0] [1, 1] : memref<4x?xf32> to memref<4x?xf32, strided<[?, 1], offset: ?>>
  memref.copy %arg2, %arg2 : memref<?xf32> to memref<?xf32>
  %reinterpret_cast = memref.reinterpret_cast %arg2 to offset: [%arg0], sizes: [4, %arg0], strides: [%arg0, 1] : memref<?xf32> to memref<4x?xf32, strided<[?, 1], offset: ?>>
  %collapse_shape = memref.collapse_shape %arg4 [[0, 1]] : memref<4x?xf32> into memref<?xf32>
  %expand_shape = memref.expand_shape %collapse_shape [[0, 1]] output_shape [4, %arg0] : memref<?xf32> into memref<4x?xf32>
  %2 = memref.get_global @c : memref<2xf32>
  %base_buffer, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %arg4 : memref<4x?xf32> -> memref<f32>, index, index, index, index, index
  %intptr = memref.extract_aligned_pointer_as_index %arg2 : memref<?xf32> -> index
  %assume_align = memref.assume_alignment %arg2, 64 : memref<?xf32>
  %3 = memref.rank %arg3 : memref<*xf32>
  %memspacecast = memref.memory_space_cast %arg2 : memref<?xf32> to memref<?xf32, 1>
  %alloc_1 = memref.alloc() : memref<2048xi8>
  %view = memref.view %alloc_1[%arg0][] : memref<2048xi8> to memref<64xf32>
  return
}
