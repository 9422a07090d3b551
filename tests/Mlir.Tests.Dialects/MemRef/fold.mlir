// Sizes follow from the operations that name them.
func.func @dims(%n: index, %m: memref<4x?xf32>) -> (index, index, index) attributes {test.expect = ["0", "0", 4 : index]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc(%n) : memref<3x?xf32>
  %v = memref.subview %m[0, 0] [2, %n] [1, 1] : memref<4x?xf32> to memref<2x?xf32, strided<[?, 1]>>
  %0 = memref.dim %a, %c1 : memref<3x?xf32>
  %1 = memref.dim %v, %c1 : memref<2x?xf32, strided<[?, 1]>>
  %2 = memref.dim %m, %c0 : memref<4x?xf32>
  return %0, %1, %2 : index, index, index
}
