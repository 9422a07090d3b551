// pipeline: elementwise-to-linalg,linalg-generalize-named-ops,one-shot-bufferize,canonicalize
// The result is allocated for the caller, the argument is only read.
func.func @square(%x: tensor<?xf64>) -> tensor<?xf64> {
  %0 = arith.mulf %x, %x : tensor<?xf64>
  return %0 : tensor<?xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @square(%x: memref<?xf64>) -> memref<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %alloc = memref.alloc(%dim) {mlir.result = 0 : i32} : memref<?xf64>
    linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%x : memref<?xf64>) outs(%alloc : memref<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64):
      %0 = arith.mulf %arg0, %arg0 : f64
      linalg.yield %0 : f64
    }
    return %alloc : memref<?xf64>
  }
}
// -----
// A temporary is freed behind its last use.
func.func @temporary(%x: tensor<?xf64>, %y: tensor<?xf64>) -> f64 {
  %0 = arith.mulf %x, %y : tensor<?xf64>
  %zero = arith.constant 0.0 : f64
  %e = tensor.empty() : tensor<f64>
  %i = linalg.fill ins(%zero : f64) outs(%e : tensor<f64>) -> tensor<f64>
  %s = linalg.reduce { arith.addf } ins(%0 : tensor<?xf64>) outs(%i : tensor<f64>) dimensions = [0]
  %r = tensor.extract %s[] : tensor<f64>
  return %r : f64
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<() -> ()>
#map2 = affine_map<(d0) -> ()>
module {
  func.func @temporary(%x: memref<?xf64>, %y: memref<?xf64>) -> f64 {
    %zero = arith.constant 0.000000e+00 : f64
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %alloc = memref.alloc(%dim) : memref<?xf64>
    linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%x, %y : memref<?xf64>, memref<?xf64>) outs(%alloc : memref<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64, %arg2: f64):
      %1 = arith.mulf %arg0, %arg1 : f64
      linalg.yield %1 : f64
    }
    %alloca = memref.alloca() : memref<f64>
    linalg.generic {indexing_maps = [#map1], iterator_types = []} outs(%alloca : memref<f64>) {
    ^bb0(%arg0: f64):
      linalg.yield %zero : f64
    }
    linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction"]} ins(%alloc : memref<?xf64>) outs(%alloca : memref<f64>) {
    ^bb0(%arg0: f64, %arg1: f64):
      %1 = arith.addf %arg1, %arg0 : f64
      linalg.yield %1 : f64
    }
    memref.dealloc %alloc : memref<?xf64>
    %0 = memref.load %alloca[] : memref<f64>
    return %0 : f64
  }
}
// -----
// An argument that is returned is copied: the caller's array stays the caller's.
func.func @identity(%x: tensor<4xi32>) -> tensor<4xi32> {
  return %x : tensor<4xi32>
}
// -----
// =>
module {
  func.func @identity(%x: memref<4xi32>) -> memref<4xi32> {
    %alloc = memref.alloc() {mlir.result = 0 : i32} : memref<4xi32>
    memref.copy %x, %alloc : memref<4xi32> to memref<4xi32>
    return %alloc : memref<4xi32>
  }
}
// -----
// The update is written in place, because nobody reads the tensor before it any more.
func.func @update(%n: index, %i: index, %v: f32) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  %0 = tensor.splat %zero[%n] : tensor<?xf32>
  %1 = tensor.insert %v into %0[%i] : tensor<?xf32>
  return %1 : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @update(%n: index, %i: index, %v: f32) -> memref<?xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %alloc = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?xf32>
    linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%alloc : memref<?xf32>) {
    ^bb0(%arg0: f32):
      linalg.yield %zero : f32
    }
    memref.store %v, %alloc[%i] : memref<?xf32>
    return %alloc : memref<?xf32>
  }
}
// -----
// Both sides of a branch hand out memory of their own.
func.func @choose(%c: i1, %x: tensor<?xf32>) -> tensor<?xf32> {
  %r = scf.if %c -> (tensor<?xf32>) {
    %0 = arith.addf %x, %x : tensor<?xf32>
    scf.yield %0 : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @choose(%c: i1, %x: memref<?xf32>) -> memref<?xf32> {
    %c0 = arith.constant 0 : index
    %r = scf.if %c -> (memref<?xf32>) {
      %dim_0 = memref.dim %x, %c0 : memref<?xf32>
      %alloc_0 = memref.alloc(%dim_0) : memref<?xf32>
      linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%x : memref<?xf32>) outs(%alloc_0 : memref<?xf32>) {
      ^bb0(%arg0: f32, %arg1: f32):
        %0 = arith.addf %arg0, %arg0 : f32
        linalg.yield %0 : f32
      }
      scf.yield %alloc_0 : memref<?xf32>
    } else {
      %dim_0 = memref.dim %x, %c0 : memref<?xf32>
      %alloc_0 = memref.alloc(%dim_0) : memref<?xf32>
      memref.copy %x, %alloc_0 : memref<?xf32> to memref<?xf32>
      scf.yield %alloc_0 : memref<?xf32>
    }
    %dim = memref.dim %r, %c0 : memref<?xf32>
    %alloc = memref.alloc(%dim) {mlir.result = 0 : i32} : memref<?xf32>
    memref.copy %r, %alloc : memref<?xf32> to memref<?xf32>
    memref.dealloc %r : memref<?xf32>
    return %alloc : memref<?xf32>
  }
}
// -----
// An iteration frees what it was given unless it hands it on.
func.func @power(%n: index, %x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<?xf32>) {
    %0 = arith.mulf %a, %x : tensor<?xf32>
    scf.yield %0 : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @power(%n: index, %x: memref<?xf32>) -> memref<?xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %dim = memref.dim %x, %c0 : memref<?xf32>
    %alloc = memref.alloc(%dim) {mlir.result = 0 : i32} : memref<?xf32>
    memref.copy %x, %alloc : memref<?xf32> to memref<?xf32>
    scf.for %i = %c0 to %n step %c1 {
      linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%alloc, %x : memref<?xf32>, memref<?xf32>) outs(%alloc : memref<?xf32>) {
      ^bb0(%arg0: f32, %arg1: f32, %arg2: f32):
        %0 = arith.mulf %arg0, %arg1 : f32
        linalg.yield %0 : f32
      }
    }
    return %alloc : memref<?xf32>
  }
}
// -----
// Parts are copied into the one array that is made for the result.
func.func @concat(%a: tensor<?xi16>, %b: tensor<?xi16>, %n: index, %m: index, %sum: index) -> tensor<?xi16> {
  %e = tensor.empty(%sum) : tensor<?xi16>
  %0 = tensor.insert_slice %a into %e[0] [%n] [1] : tensor<?xi16> into tensor<?xi16>
  %1 = tensor.insert_slice %b into %0[%n] [%m] [1] : tensor<?xi16> into tensor<?xi16>
  return %1 : tensor<?xi16>
}
// -----
// =>
module {
  func.func @concat(%a: memref<?xi16>, %b: memref<?xi16>, %n: index, %m: index, %sum: index) -> memref<?xi16> {
    %alloc = memref.alloc(%sum) {mlir.result = 0 : i32} : memref<?xi16>
    %subview = memref.subview %alloc[0] [%n] [1] : memref<?xi16> to memref<?xi16, strided<[1]>>
    memref.copy %a, %subview : memref<?xi16> to memref<?xi16, strided<[1]>>
    %subview_0 = memref.subview %alloc[%n] [%m] [1] : memref<?xi16> to memref<?xi16, strided<[1], offset: ?>>
    memref.copy %b, %subview_0 : memref<?xi16> to memref<?xi16, strided<[1], offset: ?>>
    return %alloc : memref<?xi16>
  }
}
// -----
// An array that is read later, or that the caller owns, is copied first.
func.func @overwrite(%a: tensor<4xf32>, %b: tensor<2xf32>) -> (tensor<4xf32>, f32) {
  %c0 = arith.constant 0 : index
  %0 = tensor.insert_slice %b into %a[1] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %1 = tensor.extract %a[%c0] : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, f32
}
// -----
// =>
module {
  func.func @overwrite(%a: memref<4xf32>, %b: memref<2xf32>) -> (memref<4xf32>, f32) {
    %c0 = arith.constant 0 : index
    %alloc = memref.alloc() {mlir.result = 0 : i32} : memref<4xf32>
    memref.copy %a, %alloc : memref<4xf32> to memref<4xf32>
    %subview = memref.subview %alloc[1] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1], offset: 1>>
    memref.copy %b, %subview : memref<2xf32> to memref<2xf32, strided<[1], offset: 1>>
    %0 = memref.load %a[%c0] : memref<4xf32>
    return %alloc, %0 : memref<4xf32>, f32
  }
}
// -----
// A body reads elsewhere in an array: from the memory of that array, which must not be written meanwhile.
func.func @gather(%x: tensor<?xf64>, %i: tensor<?xindex>) -> tensor<?xf64> {
  %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%i : tensor<?xindex>) outs(%x : tensor<?xf64>) {
  ^bb0(%k: index, %o: f64):
    %v = tensor.extract %x[%k] : tensor<?xf64>
    linalg.yield %v : f64
  } -> tensor<?xf64>
  return %r : tensor<?xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @gather(%x: memref<?xf64>, %i: memref<?xindex>) -> memref<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %alloc = memref.alloc(%dim) {mlir.result = 0 : i32} : memref<?xf64>
    linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%i : memref<?xindex>) outs(%alloc : memref<?xf64>) {
    ^bb0(%k: index, %o: f64):
      %0 = memref.load %x[%k] : memref<?xf64>
      linalg.yield %0 : f64
    }
    return %alloc : memref<?xf64>
  }
}
// -----
// Iterations that each write a row of their own run at once; the row is a view while nobody writes to it.
func.func @rows(%x: tensor<?x8xf64>, %n: index) -> tensor<?x8xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty(%n) : tensor<?x8xf64>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%t = %e) -> (tensor<?x8xf64>) {
    %row = tensor.extract_slice %x[%i, 0] [1, 8] [1, 1] : tensor<?x8xf64> to tensor<8xf64>
    %sum = arith.addf %row, %row : tensor<8xf64>
    %u = tensor.insert_slice %sum into %t[%i, 0] [1, 8] [1, 1] : tensor<8xf64> into tensor<?x8xf64>
    scf.yield %u : tensor<?x8xf64>
  }
  return %r : tensor<?x8xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @rows(%x: memref<?x8xf64>, %n: index) -> memref<?x8xf64> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %alloc = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?x8xf64>
    scf.parallel (%arg0) = (%c0) to (%n) step (%c1) {
      %subview = memref.subview %x[%arg0, 0] [1, 8] [1, 1] : memref<?x8xf64> to memref<8xf64, strided<[1], offset: ?>>
      %alloc_0 = memref.alloc() : memref<8xf64>
      linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%subview : memref<8xf64, strided<[1], offset: ?>>) outs(%alloc_0 : memref<8xf64>) {
      ^bb0(%arg1: f64, %arg2: f64):
        %0 = arith.addf %arg1, %arg1 : f64
        linalg.yield %0 : f64
      }
      %subview_0 = memref.subview %alloc[%arg0, 0] [1, 8] [1, 1] : memref<?x8xf64> to memref<8xf64, strided<[1], offset: ?>>
      memref.copy %alloc_0, %subview_0 : memref<8xf64> to memref<8xf64, strided<[1], offset: ?>>
      memref.dealloc %alloc_0 : memref<8xf64>
      scf.reduce
    } {mlir.grain = 1 : i64}
    return %alloc : memref<?x8xf64>
  }
}
// -----
// An offset of eight bits stays within 256 elements, so that iterations 256 apart run at once; one of nine bits may not.
func.func @bins(%x: tensor<?xi8>, %y: tensor<?xi9>, %n: index, %v: f64) -> (tensor<?xf64>, tensor<?xf64>) {
  %c0 = arith.constant 0 : index
  %c256 = arith.constant 256 : index
  %e = tensor.empty(%n) : tensor<?xf64>
  %r = scf.for %i = %c0 to %n step %c256 iter_args(%t = %e) -> (tensor<?xf64>) {
    %o = tensor.extract %x[%i] : tensor<?xi8>
    %k = arith.index_castui %o : i8 to index
    %p = arith.addi %i, %k : index
    %u = tensor.insert %v into %t[%p] : tensor<?xf64>
    scf.yield %u : tensor<?xf64>
  }
  %f = tensor.empty(%n) : tensor<?xf64>
  %s = scf.for %i = %c0 to %n step %c256 iter_args(%t = %f) -> (tensor<?xf64>) {
    %o = tensor.extract %y[%i] : tensor<?xi9>
    %k = arith.index_castui %o : i9 to index
    %p = arith.addi %i, %k : index
    %u = tensor.insert %v into %t[%p] : tensor<?xf64>
    scf.yield %u : tensor<?xf64>
  }
  return %r, %s : tensor<?xf64>, tensor<?xf64>
}
// -----
// =>
module {
  func.func @bins(%x: memref<?xi8>, %y: memref<?xi9>, %n: index, %v: f64) -> (memref<?xf64>, memref<?xf64>) {
    %c0 = arith.constant 0 : index
    %c256 = arith.constant 256 : index
    %alloc = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?xf64>
    scf.parallel (%arg0) = (%c0) to (%n) step (%c256) {
      %0 = memref.load %x[%arg0] : memref<?xi8>
      %k = arith.index_castui %0 : i8 to index
      %p = arith.addi %arg0, %k : index
      memref.store %v, %alloc[%p] : memref<?xf64>
      scf.reduce
    } {mlir.grain = 4096 : i64}
    %alloc_0 = memref.alloc(%n) {mlir.result = 1 : i32} : memref<?xf64>
    scf.for %i = %c0 to %n step %c256 {
      %0 = memref.load %y[%i] : memref<?xi9>
      %k = arith.index_castui %0 : i9 to index
      %p = arith.addi %i, %k : index
      memref.store %v, %alloc_0[%p] : memref<?xf64>
    }
    return %alloc, %alloc_0 : memref<?xf64>, memref<?xf64>
  }
}
// -----
// Each side may write to what is used inside for the last time, and so no array is made.
func.func @branch(%n: index, %c: i1, %v: f32) -> tensor<?xf32> {
  %t = tensor.splat %v[%n] : tensor<?xf32>
  %r = scf.if %c -> (tensor<?xf32>) {
    %u = tensor.insert %v into %t[%n] : tensor<?xf32>
    scf.yield %u : tensor<?xf32>
  } else {
    scf.yield %t : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @branch(%n: index, %c: i1, %v: f32) -> memref<?xf32> {
    %alloc = memref.alloc(%n) {mlir.result = 0 : i32} : memref<?xf32>
    linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%alloc : memref<?xf32>) {
    ^bb0(%arg0: f32):
      linalg.yield %v : f32
    }
    scf.if %c {
      memref.store %v, %alloc[%n] : memref<?xf32>
    } else {
    }
    return %alloc : memref<?xf32>
  }
}
// -----
// The two arrays of a loop change places: the loop allocates nothing.
func.func @swap(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:3 = scf.while (%a = %x, %b = %y, %i = %c0) : (tensor<4xf32>, tensor<4xf32>, index) -> (tensor<4xf32>, tensor<4xf32>, index) {
    %go = arith.cmpi slt, %i, %n : index
    scf.condition(%go) %a, %b, %i : tensor<4xf32>, tensor<4xf32>, index
  } do {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: index):
    %v = tensor.extract %a[%i] : tensor<4xf32>
    %u = tensor.insert %v into %b[%c0] : tensor<4xf32>
    %j = arith.addi %i, %c1 : index
    scf.yield %u, %a, %j : tensor<4xf32>, tensor<4xf32>, index
  }
  return %r#0 : tensor<4xf32>
}
// -----
// =>
module {
  func.func @swap(%x: memref<4xf32>, %y: memref<4xf32>, %n: index) -> memref<4xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %alloc = memref.alloc() : memref<4xf32>
    memref.copy %x, %alloc : memref<4xf32> to memref<4xf32>
    %alloc_0 = memref.alloc() : memref<4xf32>
    memref.copy %y, %alloc_0 : memref<4xf32> to memref<4xf32>
    %r:3 = scf.while (%a = %alloc, %b = %alloc_0, %i = %c0) : (memref<4xf32>, memref<4xf32>, index) -> (memref<4xf32>, memref<4xf32>, index) {
      %go = arith.cmpi slt, %i, %n : index
      scf.condition(%go) %a, %b, %i : memref<4xf32>, memref<4xf32>, index
    } do {
    ^bb0(%a: memref<4xf32>, %b: memref<4xf32>, %i: index):
      %0 = memref.load %a[%i] : memref<4xf32>
      memref.store %0, %b[%c0] : memref<4xf32>
      %j = arith.addi %i, %c1 : index
      scf.yield %b, %a, %j : memref<4xf32>, memref<4xf32>, index
    }
    memref.dealloc %r#1 : memref<4xf32>
    %alloc_1 = memref.alloc() {mlir.result = 0 : i32} : memref<4xf32>
    memref.copy %r#0, %alloc_1 : memref<4xf32> to memref<4xf32>
    memref.dealloc %r#0 : memref<4xf32>
    return %alloc_1 : memref<4xf32>
  }
}
