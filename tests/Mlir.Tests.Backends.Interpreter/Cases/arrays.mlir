// Elementwise operations on tensors.
func.func @elementwise(%a: tensor<?xf32>, %b: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xi1>, tensor<?xf32>) attributes {test.runs = [
  {args = [dense<[1.0, 2.0, 3.0]> : tensor<3xf32>, dense<[3.0, 2.0, 0x7FC00000]> : tensor<3xf32>],
   results = [dense<[4.0, 4.0, 0x7FC00000]> : tensor<3xf32>, dense<[true, false, false]> : tensor<3xi1>, dense<[1.0, 2.0, 0x7FC00000]> : tensor<3xf32>]},
  {args = [dense<> : tensor<0xf32>, dense<> : tensor<0xf32>], results = [dense<> : tensor<0xf32>, dense<> : tensor<0xi1>, dense<> : tensor<0xf32>]},
  {args = [dense<1.0> : tensor<3xf32>, dense<1.0> : tensor<2xf32>], error = "UndefinedBehaviorException: has operands of sizes [3] and [2]"}]} {
  %s = arith.addf %a, %b : tensor<?xf32>
  %c = arith.cmpf olt, %a, %b : tensor<?xf32>
  %m = arith.select %c, %a, %b : tensor<?xi1>, tensor<?xf32>
  return %s, %c, %m : tensor<?xf32>, tensor<?xi1>, tensor<?xf32>
}
// -----
// Making tensors and taking them apart, with operations that only tensors have.
func.func @tensors(%x: f64, %n: index) -> (tensor<?xf64>, tensor<2x2xf64>, f64, index, tensor<3xf64>, tensor<2x3xindex>) attributes {test.runs = [
  {args = [2.5 : f64, 2 : index], results = [dense<2.5> : tensor<2xf64>, dense<[[2.5, 5.0], [5.0, 7.0]]> : tensor<2x2xf64>, 7.0 : f64, 2 : index, dense<[2.5, 5.0, 2.5]> : tensor<3xf64>, dense<[[0, 1, 2], [10, 11, 12]]> : tensor<2x3xindex>]}]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c10 = arith.constant 10 : index
  %seven = arith.constant 7.0 : f64
  %y = arith.addf %x, %x : f64
  %s = tensor.splat %x[%n] : tensor<?xf64>
  %e = tensor.from_elements %x, %y, %y, %x : tensor<2x2xf64>
  %i = tensor.insert %seven into %e[%c1, %c1] : tensor<2x2xf64>
  %g = tensor.extract %i[%c1, %c1] : tensor<2x2xf64>
  %d = tensor.dim %s, %c0 : tensor<?xf64>
  %f = tensor.from_elements %x, %y, %x : tensor<3xf64>
  %t = tensor.generate {
  ^bb0(%p: index, %q: index):
    %u = arith.muli %p, %c10 : index
    %v = arith.addi %u, %q : index
    tensor.yield %v : index
  } : tensor<2x3xindex>
  return %s, %i, %g, %d, %f, %t : tensor<?xf64>, tensor<2x2xf64>, f64, index, tensor<3xf64>, tensor<2x3xindex>
}
// -----
// Parts and shapes.
func.func @slices(%t: tensor<3x4xi32>, %o: index) -> (tensor<2x2xi32>, tensor<4xi32>, tensor<3x4xi32>, tensor<12xi32>, tensor<3x2x2xi32>) attributes {test.runs = [
  {args = [dense<[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]> : tensor<3x4xi32>, 1 : index],
   results = [dense<[[4, 6], [8, 10]]> : tensor<2x2xi32>, dense<[4, 5, 6, 7]> : tensor<4xi32>, dense<[[0, 1, 2, 3], [4, 5, 6, 7], [4, 5, 6, 7]]> : tensor<3x4xi32>, dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]> : tensor<12xi32>, dense<[[[0, 1], [2, 3]], [[4, 5], [6, 7]], [[8, 9], [10, 11]]]> : tensor<3x2x2xi32>]},
  {args = [dense<0> : tensor<3x4xi32>, 2 : index], error = "UndefinedBehaviorException: 'tensor.extract_slice' has the subscript 3 in dimension 0 of size 3"}]} {
  %a = tensor.extract_slice %t[%o, 0] [2, 2] [1, 2] : tensor<3x4xi32> to tensor<2x2xi32>
  %b = tensor.extract_slice %t[%o, 0] [1, 4] [1, 1] : tensor<3x4xi32> to tensor<4xi32>
  %c = tensor.insert_slice %b into %t[2, 0] [1, 4] [1, 1] : tensor<4xi32> into tensor<3x4xi32>
  %d = tensor.collapse_shape %t [[0, 1]] : tensor<3x4xi32> into tensor<12xi32>
  %e = tensor.expand_shape %t [[0], [1, 2]] output_shape [3, 2, 2] : tensor<3x4xi32> into tensor<3x2x2xi32>
  return %a, %b, %c, %d, %e : tensor<2x2xi32>, tensor<4xi32>, tensor<3x4xi32>, tensor<12xi32>, tensor<3x2x2xi32>
}
// -----
func.func @cast(%t: tensor<?xi32>) -> tensor<3xi32> attributes {test.runs = [
  {args = [dense<[1, 2, 3]> : tensor<3xi32>], results = [dense<[1, 2, 3]> : tensor<3xi32>]},
  {args = [dense<1> : tensor<2xi32>], error = "UndefinedBehaviorException: sizes [2] where the type says tensor<3xi32>"}]} {
  %a = tensor.cast %t : tensor<?xi32> to tensor<3xi32>
  return %a : tensor<3xi32>
}
// -----
// Structured operations: general, with subscripts and an assertion inside.
func.func @generic(%a: tensor<?xi32>, %k: i32) -> tensor<?xi32> attributes {test.runs = [
  {args = [dense<[10, 20, 30]> : tensor<3xi32>, 2 : i32], results = [dense<[5, 11, 17]> : tensor<3xi32>]},
  {args = [dense<[10, 20, 30]> : tensor<3xi32>, 0 : i32], error = "DivideByZeroException: Attempted to divide by zero"}]} {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %a, %c0 : tensor<?xi32>
  %e = tensor.empty(%n) : tensor<?xi32>
  %zero = arith.constant 0 : i32
  %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%a, %k : tensor<?xi32>, i32) outs(%e : tensor<?xi32>) {
  ^bb0(%x: i32, %d: i32, %o: i32):
    %ok = arith.cmpi ne, %d, %zero : i32
    cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
    %q = arith.divsi %x, %d : i32
    %i = linalg.index 0 : index
    %j = arith.index_cast %i : index to i32
    %s = arith.addi %q, %j : i32
    linalg.yield %s : i32
  } -> tensor<?xi32>
  return %r : tensor<?xi32>
}
// -----
// Structured operations by name.
func.func @named(%a: tensor<2x3xf64>, %x: f64) -> (tensor<2xf64>, tensor<3x2xf64>, tensor<2x3xf64>, tensor<2x2xf64>, tensor<2x2xf64>) attributes {test.runs = [
  {args = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>, 10.0 : f64],
   results = [dense<[16.0, 25.0]> : tensor<2xf64>, dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xf64>, dense<[[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]> : tensor<2x3xf64>, dense<[[24.0, 42.0], [42.0, 87.0]]> : tensor<2x2xf64>, dense<[[16.0, 25.0], [16.0, 25.0]]> : tensor<2x2xf64>]}]} {
  %e2 = tensor.empty() : tensor<2xf64>
  %f = linalg.fill ins(%x : f64) outs(%e2 : tensor<2xf64>) -> tensor<2xf64>
  %s = linalg.reduce { arith.addf } ins(%a : tensor<2x3xf64>) outs(%f : tensor<2xf64>) dimensions = [1]
  %e32 = tensor.empty() : tensor<3x2xf64>
  %t = linalg.transpose ins(%a : tensor<2x3xf64>) outs(%e32 : tensor<3x2xf64>) permutation = [1, 0]
  %e23 = tensor.empty() : tensor<2x3xf64>
  %m = linalg.map { arith.addf } ins(%a, %a : tensor<2x3xf64>, tensor<2x3xf64>) outs(%e23 : tensor<2x3xf64>)
  %e22 = tensor.empty() : tensor<2x2xf64>
  %f22 = linalg.fill ins(%x : f64) outs(%e22 : tensor<2x2xf64>) -> tensor<2x2xf64>
  %p = linalg.matmul ins(%a, %t : tensor<2x3xf64>, tensor<3x2xf64>) outs(%f22 : tensor<2x2xf64>) -> tensor<2x2xf64>
  %b = linalg.broadcast ins(%s : tensor<2xf64>) outs(%e22 : tensor<2x2xf64>) dimensions = [0]
  return %s, %t, %m, %p, %b : tensor<2xf64>, tensor<3x2xf64>, tensor<2x3xf64>, tensor<2x2xf64>, tensor<2x2xf64>
}
// -----
// Subscripts that are computed.
func.func @window(%a: tensor<5xi32>, %b: tensor<3xi32>) -> tensor<3xi32> attributes {test.runs = [
  {args = [dense<[1, 2, 3, 4, 5]> : tensor<5xi32>, dense<0> : tensor<3xi32>], results = [dense<[6, 9, 12]> : tensor<3xi32>]}]} {
  %w = tensor.empty() : tensor<3xi32>
  %r = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0 + d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%a, %w : tensor<5xi32>, tensor<3xi32>) outs(%b : tensor<3xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
    %s = arith.addi %x, %o : i32
    linalg.yield %s : i32
  } -> tensor<3xi32>
  return %r : tensor<3xi32>
}
// -----
// Memory: views, copies, globals.
memref.global "private" constant @table : memref<4xi32> = dense<[10, 20, 30, 40]>
func.func @memory(%m: memref<2x3xi32>, %i: index) -> (i32, i32, memref<3xi32>) attributes {test.runs = [
  {args = [dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>, 2 : index], results = [30 : i32, 5 : i32, dense<[4, 5, 36]> : tensor<3xi32>]},
  {args = [dense<0> : tensor<2x3xi32>, 4 : index], error = "UndefinedBehaviorException: 'memref.load' has the subscript 4 in dimension 0 of size 4"}]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %t = memref.get_global @table : memref<4xi32>
  %x = memref.load %t[%i] : memref<4xi32>
  %row = memref.subview %m[1, 0] [1, 3] [1, 1] : memref<2x3xi32> to memref<3xi32, strided<[1], offset: 3>>
  %y = memref.load %row[%c1] : memref<3xi32, strided<[1], offset: 3>>
  %r = memref.alloc() : memref<3xi32>
  memref.copy %row, %r : memref<3xi32, strided<[1], offset: 3>> to memref<3xi32>
  %z = memref.load %r[%c2] : memref<3xi32>
  %s = arith.addi %x, %z : i32
  memref.store %s, %r[%c2] : memref<3xi32>
  return %x, %y, %r : i32, i32, memref<3xi32>
}
// -----
func.func @freed() -> i32 attributes {test.runs = [{error = "UndefinedBehaviorException: uses an array that was freed"}]} {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<1xi32>
  memref.dealloc %m : memref<1xi32>
  %x = memref.load %m[%c0] : memref<1xi32>
  return %x : i32
}
// -----
// Vectors in registers and in memory.
func.func @vectors(%m: memref<6xf32>, %x: f32) -> (f32, f32, memref<6xf32>) attributes {test.runs = [
  {args = [dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>, 10.0 : f32], results = [54.0 : f32, 13.0 : f32, dense<[1.0, 2.0, 12.0, 13.0, 14.0, 15.0]> : tensor<6xf32>]}]} {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %v = vector.load %m[%c1] : memref<6xf32>, vector<4xf32>
  %b = vector.broadcast %x : f32 to vector<4xf32>
  %s = arith.addf %v, %b : vector<4xf32>
  vector.store %s, %m[%c2] : memref<6xf32>, vector<4xf32>
  %r = vector.reduction <add>, %s : vector<4xf32> into f32
  %e = vector.extract %s[1] : f32 from vector<4xf32>
  return %r, %e, %m : f32, f32, memref<6xf32>
}
// -----
// Masks, gathers, shuffles.
func.func @lanes(%m: memref<6xi32>, %n: index) -> (i32, i32, i32) attributes {test.runs = [
  {args = [dense<[1, 2, 3, 4, 5, 6]> : tensor<6xi32>, 2 : index], results = [203 : i32, 15 : i32, 10 : i32]}]} {
  %c0 = arith.constant 0 : index
  %mask = vector.create_mask %n : vector<4xi1>
  %hundred = arith.constant dense<100> : vector<4xi32>
  %v = vector.maskedload %m[%c0], %mask, %hundred : memref<6xi32>, vector<4xi1>, vector<4xi32> into vector<4xi32>
  %a = vector.reduction <add>, %v : vector<4xi32> into i32
  %idx = arith.constant dense<[5, 3, 4, 0]> : vector<4xi32>
  %all = arith.constant dense<true> : vector<4xi1>
  %w = vector.gather %m[%c0] [%idx], %all, %hundred : memref<6xi32>, vector<4xi32>, vector<4xi1>, vector<4xi32> into vector<4xi32>
  %s = vector.shuffle %w, %v [0, 1, 2] : vector<4xi32>, vector<4xi32>
  %b = vector.reduction <add>, %s : vector<3xi32> into i32
  %t = vector.shuffle %w, %v [1, 0] : vector<4xi32>, vector<4xi32>
  %c = vector.reduction <add>, %t : vector<2xi32> into i32
  return %a, %b, %c : i32, i32, i32
}
