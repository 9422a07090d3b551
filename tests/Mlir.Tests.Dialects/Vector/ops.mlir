func.func @v(%arg0: index, %arg1: f32, %arg2: memref<?xf32>, %arg3: memref<4x?xf32>, %arg4: vector<4xf32>, %arg5: vector<4xi1>, %arg6: vector<2x4xf32>, %arg7: vector<4xindex>, %arg8: tensor<?xf32>) {
  %0 = vector.broadcast %arg1 : f32 to vector<4xf32>
  %1 = vector.load %arg2[%arg0] : memref<?xf32>, vector<4xf32>
  %2 = vector.load %arg2[%arg0] {alignment = 8 : i64, nontemporal = true} : memref<?xf32>, vector<4xf32>
  vector.store %arg4, %arg2[%arg0] : memref<?xf32>, vector<4xf32>
  vector.store %arg4, %arg2[%arg0] {nontemporal = true} : memref<?xf32>, vector<4xf32>
  %3 = vector.maskedload %arg2[%arg0], %arg5, %arg4 : memref<?xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  vector.maskedstore %arg2[%arg0], %arg5, %arg4 : memref<?xf32>, vector<4xi1>, vector<4xf32>
  %4 = vector.create_mask %arg0 : vector<4xi1>
  %5 = vector.constant_mask [2] : vector<4xi1>
  %6 = vector.step : vector<4xindex>
  %7 = vector.extract %arg4[0] : f32 from vector<4xf32>
  %8 = vector.extract %arg6[%arg0, 1] : f32 from vector<2x4xf32>
  %9 = vector.insert %arg1, %arg4 [%arg0] : f32 into vector<4xf32>
  %10 = vector.shuffle %arg4, %arg4 [0, 5, -1] : vector<4xf32>, vector<4xf32>
  %11 = vector.reduction <add>, %arg4 : vector<4xf32> into f32
  %12 = vector.reduction <add>, %arg4, %arg1 fastmath<reassoc> : vector<4xf32> into f32
  %13 = vector.fma %arg4, %arg4, %arg4 : vector<4xf32>
  %14 = vector.gather %arg2[%arg0] [%arg7], %arg5, %arg4 : memref<?xf32>, vector<4xindex>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  vector.scatter %arg2[%arg0] [%arg7], %arg5, %arg4 : memref<?xf32>, vector<4xindex>, vector<4xi1>, vector<4xf32>
  %15 = vector.bitcast %arg4 : vector<4xf32> to vector<2xi64>
  %16 = vector.from_elements %arg1, %arg1 : vector<2xf32>
  %17 = vector.shape_cast %arg6 : vector<2x4xf32> to vector<8xf32>
  %21:4 = vector.to_elements %arg4 : vector<4xf32>
  %22 = vector.create_mask %arg0, %arg0 : vector<4x[4]xi1>
  return
}
