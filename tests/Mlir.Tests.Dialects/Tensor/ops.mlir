func.func @t(%arg0: index, %arg1: f32, %arg2: tensor<?xf32>, %arg3: tensor<*xf32>, %arg4: tensor<4x?xf32>, %arg5: tensor<2xi32>) {
  %0 = tensor.empty(%arg0) : tensor<?x4xf32>
  %extracted = tensor.extract %arg2[%arg0] : tensor<?xf32>
  %inserted = tensor.insert %arg1 into %arg2[%arg0] : tensor<?xf32>
  %dim = tensor.dim %arg2, %arg0 : tensor<?xf32>
  %rank = tensor.rank %arg3 : tensor<*xf32>
  %cast = tensor.cast %arg2 : tensor<?xf32> to tensor<4xf32>
  %extracted_slice = tensor.extract_slice %arg4[0, %arg0] [4, %arg0] [1, 2] : tensor<4x?xf32> to tensor<4x?xf32>
  %extracted_slice_0 = tensor.extract_slice %arg4[%arg0, 0] [1, 4] [1, 1] {foo} : tensor<4x?xf32> to tensor<4xf32>
  %inserted_slice = tensor.insert_slice %extracted_slice_0 into %arg4[%arg0, 0] [1, 4] [1, 1] : tensor<4xf32> into tensor<4x?xf32>
  %from_elements = tensor.from_elements %arg1, %arg1 : tensor<2xf32>
  %splat = tensor.splat %arg1[%arg0] : tensor<?xf32>
  %splat_1 = tensor.splat %arg1 : tensor<4xf32>
  %reshape = tensor.reshape %arg2(%arg5) : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x?xf32>
  %collapsed = tensor.collapse_shape %arg4 [[0, 1]] : tensor<4x?xf32> into tensor<?xf32>
  %expanded = tensor.expand_shape %collapsed [[0, 1]] output_shape [4, %arg0] : tensor<?xf32> into tensor<4x?xf32>
  %generated = tensor.generate %arg0 {
  ^bb0(%arg6: index):
    tensor.yield %arg1 : f32
  } : tensor<?xf32>
  %padded = tensor.pad %generated low[%arg0] high[2] {
  ^bb0(%arg6: index):
    tensor.yield %arg1 : f32
  } : tensor<?xf32> to tensor<?xf32>
  %padded_1 = tensor.pad %padded nofold low[0] high[0] {
  ^bb0(%arg6: index):
    tensor.yield %arg1 : f32
  } : tensor<?xf32> to tensor<?xf32>
  %from_elements_2 = tensor.from_elements %arg1 : tensor<f32>
  %extracted_3 = tensor.extract %from_elements_2[] : tensor<f32>
  return
}
