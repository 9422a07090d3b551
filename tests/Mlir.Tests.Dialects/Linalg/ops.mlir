#map = affine_map<(d0) -> (d0)>
func.func @l(%arg0: index, %arg1: f32, %arg2: tensor<?xf32>, %arg3: memref<?xf32>, %arg4: tensor<?x?xf32>, %arg5: tensor<f32>) {
  %0 = linalg.fill ins(%arg1 : f32) outs(%arg2 : tensor<?xf32>) -> tensor<?xf32>
  linalg.fill ins(%arg1 : f32) outs(%arg3 : memref<?xf32>)
  %mapped = linalg.map { arith.addf } ins(%arg2, %arg2 : tensor<?xf32>, tensor<?xf32>) outs(%arg2 : tensor<?xf32>)
  %mapped_0 = linalg.map ins(%arg2 : tensor<?xf32>) outs(%arg2 : tensor<?xf32>)
    (%in: f32, %init: f32) {
      %5 = arith.mulf %in, %in : f32
      %6 = arith.mulf %5, %in : f32
      linalg.yield %6 : f32
    }
  %reduced = linalg.reduce { arith.addf } ins(%arg2 : tensor<?xf32>) outs(%arg5 : tensor<f32>) dimensions = [0]
  %reduced_1 = linalg.reduce ins(%arg4 : tensor<?x?xf32>) outs(%arg2 : tensor<?xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %5 = arith.addf %in, %init : f32
      linalg.yield %5 : f32
    }
  %broadcasted = linalg.broadcast ins(%arg2 : tensor<?xf32>) outs(%arg4 : tensor<?x?xf32>) dimensions = [0]
  %transposed = linalg.transpose ins(%arg4 : tensor<?x?xf32>) outs(%arg4 : tensor<?x?xf32>) permutation = [1, 0]
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg2 : tensor<?xf32>) outs(%arg2 : tensor<?xf32>) attrs =  {foo} {
  ^bb0(%in: f32, %out: f32):
    %5 = linalg.index 0 : index
    linalg.yield %in : f32
  } -> tensor<?xf32>
  linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"], library_call = "foo"} outs(%arg3 : memref<?xf32>) {
  ^bb0(%out: f32):
    linalg.yield %out : f32
  }
  %2 = linalg.matmul ins(%arg4, %arg4 : tensor<?x?xf32>, tensor<?x?xf32>) outs(%arg4 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %3 = linalg.dot ins(%arg2, %arg2 : tensor<?xf32>, tensor<?xf32>) outs(%arg5 : tensor<f32>) -> tensor<f32>
  %4 = linalg.copy ins(%arg2 : tensor<?xf32>) outs(%arg2 : tensor<?xf32>) -> tensor<?xf32>
  linalg.map { math.sqrt {fastmath = #arith.fastmath<fast>} } ins(%arg3 : memref<?xf32>) outs(%arg3 : memref<?xf32>)
  %mapped_2 = linalg.map outs(%arg2 : tensor<?xf32>)
    (%init: f32) {
      linalg.yield %arg1 : f32
    }
  return
}

func.func @products(%arg0: tensor<?x?x?xf32>, %arg1: tensor<?x?xbf16>, %arg2: tensor<?xbf16>, %arg3: tensor<?xf32>) {
  %0 = linalg.batch_matmul ins(%arg0, %arg0 : tensor<?x?x?xf32>, tensor<?x?x?xf32>) outs(%arg0 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %1 = linalg.matvec ins(%arg1, %arg2 : tensor<?x?xbf16>, tensor<?xbf16>) outs(%arg3 : tensor<?xf32>) -> tensor<?xf32>
  %2 = linalg.vecmat ins(%arg2, %arg1 : tensor<?xbf16>, tensor<?x?xbf16>) outs(%arg3 : tensor<?xf32>) -> tensor<?xf32>
  return
}
