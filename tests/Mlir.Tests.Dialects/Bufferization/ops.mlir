func.func @b(%arg0: index, %arg1: tensor<?xf32>, %arg2: memref<?xf32>) {
  %0 = bufferization.alloc_tensor(%arg0) : tensor<?xf32>
  %1 = bufferization.alloc_tensor() copy(%arg1) : tensor<?xf32>
  %2 = bufferization.alloc_tensor(%arg0) size_hint=%arg0 {memory_space = 1 : i64} : tensor<?xf32>
  %3 = bufferization.to_buffer %arg1 : tensor<?xf32> to memref<?xf32>
  %4 = bufferization.to_buffer %arg1 read_only : tensor<?xf32> to memref<?xf32>
  %5 = bufferization.to_tensor %arg2 restrict writable : memref<?xf32> to tensor<?xf32>
  %6 = bufferization.materialize_in_destination %arg1 in %arg1 : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  bufferization.materialize_in_destination %arg1 in restrict writable %arg2 : (tensor<?xf32>, memref<?xf32>) -> ()
  bufferization.dealloc_tensor %arg1 : tensor<?xf32>
  return
}
