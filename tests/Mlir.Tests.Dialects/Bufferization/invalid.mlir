func.func @f(%t: tensor<4xf32>) {
  // expected-error@+1 {{expects a tensor and a memref of one shape and element type}}
  %0 = bufferization.to_buffer %t : tensor<4xf32> to memref<5xf32>
  return
}
// -----
func.func @f(%t: tensor<?xf32>, %m: memref<?xf32>) {
  // expected-error@+1 {{'writable' must be specified if the destination is a memref}}
  bufferization.materialize_in_destination %t in %m : (tensor<?xf32>, memref<?xf32>) -> ()
  return
}
