// pipeline: linalg-to-loops{vector-bits=128 parallel=false},canonicalize,cse
// Every other element: whole vectors, of which every other lane is taken.
func.func @every_other(%x: memref<?xf64, strided<[2], offset: ?>>, %y: memref<?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf64, strided<[2], offset: ?>>) outs(%y : memref<?xf64>) {
  ^bb0(%a: f64, %o: f64):
    linalg.yield %a : f64
  }
  return
}
// -----
// =>
module {
  func.func @every_other(%x: memref<?xf64, strided<[2], offset: ?>>, %y: memref<?xf64>) {
    %c7 = arith.constant 7 : index
    %cst = arith.constant dense<2> : vector<2xindex>
    %cst_0 = arith.constant dense<0.000000e+00> : vector<2xf64>
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c8 = arith.constant 8 : index
    %c64 = arith.constant 64 : index
    %c1048575 = arith.constant 1048575 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf64, strided<[2], offset: ?>>
    %0 = arith.cmpi slt, %c1048575, %dim : index
    %intptr = memref.extract_aligned_pointer_as_index %y : memref<?xf64> -> index
    %intptr_0 = memref.extract_aligned_pointer_as_index %x : memref<?xf64, strided<[2], offset: ?>> -> index
    %1 = arith.cmpi ne, %intptr_0, %intptr : index
    %2 = arith.andi %0, %1 : i1
    %3 = arith.subi %c0, %intptr : index
    %4 = arith.remui %3, %c64 : index
    %5 = arith.divui %4, %c8 : index
    %6 = arith.minsi %5, %dim : index
    %7 = arith.select %2, %6, %c0 : index
    %8 = arith.subi %dim, %7 : index
    %9 = arith.divui %8, %c8 : index
    %10 = arith.muli %9, %c8 : index
    %11 = arith.addi %7, %10 : index
    scf.for %arg0 = %c0 to %c2 step %c1 {
      %12 = arith.cmpi eq, %arg0, %c0 : index
      %13 = arith.select %12, %c0, %11 : index
      %14 = arith.select %12, %7, %dim : index
      %base_buffer, %offset, %sizes, %strides = memref.extract_strided_metadata %x : memref<?xf64, strided<[2], offset: ?>> -> memref<f64>, index, index, index
      %15 = arith.subi %dim, %c1 : index
      %16 = arith.muli %15, %c2 : index
      %17 = arith.addi %16, %c1 : index
      %18 = arith.maxsi %17, %c0 : index
      %reinterpret_cast = memref.reinterpret_cast %base_buffer to offset: [%offset], sizes: [%18], strides: [1] : memref<f64> to memref<?xf64, strided<[1], offset: ?>>
      %19 = vector.step : vector<2xindex>
      scf.for %arg1 = %13 to %14 step %c2 {
        %21 = arith.subi %14, %arg1 : index
        %22 = vector.create_mask %21 : vector<2xi1>
        %23 = arith.muli %arg1, %c2 : index
        %24 = arith.muli %19, %cst : vector<2xindex>
        %25 = vector.gather %reinterpret_cast[%23] [%24], %22, %cst_0 : memref<?xf64, strided<[1], offset: ?>>, vector<2xindex>, vector<2xi1>, vector<2xf64> into vector<2xf64>
        vector.maskedstore %y[%arg1], %22, %25 : memref<?xf64>, vector<2xi1>, vector<2xf64>
      }
      %20 = arith.select %12, %7, %11 : index
      scf.for %arg1 = %20 to %11 step %c8 {
        %21 = arith.muli %arg1, %c2 : index
        %22 = vector.load %reinterpret_cast[%21] : memref<?xf64, strided<[1], offset: ?>>, vector<8xf64>
        %23 = arith.addi %21, %c7 : index
        %24 = vector.load %reinterpret_cast[%23] : memref<?xf64, strided<[1], offset: ?>>, vector<8xf64>
        %25 = vector.shuffle %22, %24 [0, 2, 4, 6, 9, 11, 13, 15] : vector<8xf64>, vector<8xf64>
        scf.if %2 {
          vector.store %25, %y[%arg1] {alignment = 64 : i64, nontemporal = true} : memref<?xf64>, vector<8xf64>
        } else {
          vector.store %25, %y[%arg1] : memref<?xf64>, vector<8xf64>
        }
      }
    }
    return
  }
}
// -----
// Elements by indices: the check looks at all lanes, then they are gathered.
func.func @take(%x: memref<?xf64>, %i: memref<?xi64>, %y: memref<?xf64>, %n: index) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%i : memref<?xi64>) outs(%y : memref<?xf64>) {
  ^bb0(%a: i64, %o: f64):
    %0 = arith.index_cast %a : i64 to index
    %1 = arith.cmpi ult, %0, %n : index
    cf.assert %1, "outside"
    %2 = memref.load %x[%0] : memref<?xf64>
    linalg.yield %2 : f64
  }
  return
}
// -----
// =>
module {
  func.func @take(%x: memref<?xf64>, %i: memref<?xi64>, %y: memref<?xf64>, %n: index) {
    %cst = arith.constant dense<0.000000e+00> : vector<8xf64>
    %cst_0 = arith.constant dense<true> : vector<8xi1>
    %cst_1 = arith.constant dense<true> : vector<2xi1>
    %cst_2 = arith.constant dense<0.000000e+00> : vector<2xf64>
    %cst_3 = arith.constant dense<0> : vector<2xi64>
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c8 = arith.constant 8 : index
    %c64 = arith.constant 64 : index
    %c1048575 = arith.constant 1048575 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %i, %c0 : memref<?xi64>
    %0 = arith.cmpi slt, %c1048575, %dim : index
    %intptr = memref.extract_aligned_pointer_as_index %y : memref<?xf64> -> index
    %intptr_0 = memref.extract_aligned_pointer_as_index %i : memref<?xi64> -> index
    %1 = arith.cmpi ne, %intptr_0, %intptr : index
    %2 = arith.andi %0, %1 : i1
    %3 = arith.subi %c0, %intptr : index
    %4 = arith.remui %3, %c64 : index
    %5 = arith.divui %4, %c8 : index
    %6 = arith.minsi %5, %dim : index
    %7 = arith.select %2, %6, %c0 : index
    %8 = arith.subi %dim, %7 : index
    %9 = arith.divui %8, %c8 : index
    %10 = arith.muli %9, %c8 : index
    %11 = arith.addi %7, %10 : index
    scf.for %arg0 = %c0 to %c2 step %c1 {
      %12 = arith.cmpi eq, %arg0, %c0 : index
      %13 = arith.select %12, %c0, %11 : index
      %14 = arith.select %12, %7, %dim : index
      %15 = vector.broadcast %n : index to vector<2xindex>
      scf.for %arg1 = %13 to %14 step %c2 {
        %18 = arith.subi %14, %arg1 : index
        %19 = vector.create_mask %18 : vector<2xi1>
        %20 = vector.maskedload %i[%arg1], %19, %cst_3 : memref<?xi64>, vector<2xi1>, vector<2xi64> into vector<2xi64>
        %21 = arith.index_cast %20 : vector<2xi64> to vector<2xindex>
        %22 = arith.cmpi ult, %21, %15 : vector<2xindex>
        %23 = arith.xori %19, %cst_1 : vector<2xi1>
        %24 = arith.ori %22, %23 : vector<2xi1>
        %25 = vector.reduction <and>, %24 : vector<2xi1> into i1
        cf.assert %25, "outside"
        %26 = vector.gather %x[%c0] [%21], %19, %cst_2 : memref<?xf64>, vector<2xindex>, vector<2xi1>, vector<2xf64> into vector<2xf64>
        vector.maskedstore %y[%arg1], %19, %26 : memref<?xf64>, vector<2xi1>, vector<2xf64>
      }
      %16 = arith.select %12, %7, %11 : index
      %17 = vector.broadcast %n : index to vector<8xindex>
      scf.for %arg1 = %16 to %11 step %c8 {
        %18 = vector.load %i[%arg1] : memref<?xi64>, vector<8xi64>
        %19 = arith.index_cast %18 : vector<8xi64> to vector<8xindex>
        %20 = arith.cmpi ult, %19, %17 : vector<8xindex>
        %21 = vector.reduction <and>, %20 : vector<8xi1> into i1
        cf.assert %21, "outside"
        %22 = vector.gather %x[%c0] [%19], %cst_0, %cst : memref<?xf64>, vector<8xindex>, vector<8xi1>, vector<8xf64> into vector<8xf64>
        scf.if %2 {
          vector.store %22, %y[%arg1] {alignment = 64 : i64, nontemporal = true} : memref<?xf64>, vector<8xf64>
        } else {
          vector.store %22, %y[%arg1] : memref<?xf64>, vector<8xf64>
        }
      }
    }
    return
  }
}
// -----
// The place of the first largest element, lane by lane.
func.func @argmax(%x: memref<?x?xf64>, %b: memref<?xf64>, %p: memref<?xi64>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf64>) outs(%b, %p : memref<?xf64>, memref<?xi64>) {
  ^bb0(%e: f64, %best: f64, %place: i64):
    %0 = arith.cmpf ogt, %e, %best : f64
    %1 = linalg.index 1 : index
    %2 = arith.index_cast %1 : index to i64
    %3 = arith.select %0, %e, %best : f64
    %4 = arith.select %0, %2, %place : i64
    linalg.yield %3, %4 : f64, i64
  }
  return
}
// -----
// =>
module {
  func.func @argmax(%x: memref<?x?xf64>, %b: memref<?xf64>, %p: memref<?xi64>) {
    %true = arith.constant true
    %cst = arith.constant dense<true> : vector<2xi1>
    %cst_0 = arith.constant dense<true> : vector<4xi1>
    %cst_1 = arith.constant dense<true> : vector<8xi1>
    %cst_2 = arith.constant dense<true> : vector<16xi1>
    %cst_3 = arith.constant dense<32> : vector<32xi64>
    %cst_4 = arith.constant dense<0> : vector<32xi64>
    %cst_5 = arith.constant dense<0.000000e+00> : vector<32xf64>
    %c32 = arith.constant 32 : index
    %cst_6 = arith.constant dense<-1> : vector<32xi64>
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?x?xf64>
    %dim_0 = memref.dim %x, %c1 : memref<?x?xf64>
    scf.for %arg0 = %c0 to %dim step %c1 {
      %0 = memref.load %b[%arg0] : memref<?xf64>
      %1 = memref.load %p[%arg0] : memref<?xi64>
      %2 = vector.broadcast %0 : f64 to vector<32xf64>
      %3 = arith.divui %dim_0, %c32 : index
      %4 = arith.muli %3, %c32 : index
      %5:2 = scf.for %arg1 = %c0 to %4 step %c32 iter_args(%arg2 = %2, %arg3 = %cst_6) -> (vector<32xf64>, vector<32xi64>) {
        %85 = vector.load %x[%arg0, %arg1] : memref<?x?xf64>, vector<32xf64>
        %86 = arith.cmpf ogt, %85, %arg2 : vector<32xf64>
        %87 = arith.divui %arg1, %c32 : index
        %88 = arith.index_cast %87 : index to i64
        %89 = arith.select %86, %85, %arg2 : vector<32xi1>, vector<32xf64>
        %90 = vector.broadcast %88 : i64 to vector<32xi64>
        %91 = arith.select %86, %90, %arg3 : vector<32xi1>, vector<32xi64>
        scf.yield %89, %91 : vector<32xf64>, vector<32xi64>
      }
      %6 = arith.cmpi slt, %4, %dim_0 : index
      %7:2 = scf.if %6 -> (vector<32xf64>, vector<32xi64>) {
        %85 = arith.subi %dim_0, %4 : index
        %86 = vector.create_mask %85 : vector<32xi1>
        %87 = vector.maskedload %x[%arg0, %4], %86, %cst_5 : memref<?x?xf64>, vector<32xi1>, vector<32xf64> into vector<32xf64>
        %88 = arith.cmpf ogt, %87, %5#0 : vector<32xf64>
        %89 = arith.divui %4, %c32 : index
        %90 = arith.index_cast %89 : index to i64
        %91 = arith.select %88, %87, %5#0 : vector<32xi1>, vector<32xf64>
        %92 = vector.broadcast %90 : i64 to vector<32xi64>
        %93 = arith.select %88, %92, %5#1 : vector<32xi1>, vector<32xi64>
        %94 = arith.select %86, %91, %5#0 : vector<32xi1>, vector<32xf64>
        %95 = arith.select %86, %93, %5#1 : vector<32xi1>, vector<32xi64>
        scf.yield %94, %95 : vector<32xf64>, vector<32xi64>
      } else {
        scf.yield %5#0, %5#1 : vector<32xf64>, vector<32xi64>
      }
      %8 = arith.cmpi slt, %7#1, %cst_4 : vector<32xi64>
      %9 = vector.step : vector<32xindex>
      %10 = arith.index_cast %9 : vector<32xindex> to vector<32xi64>
      %11 = arith.muli %7#1, %cst_3 : vector<32xi64>
      %12 = arith.addi %11, %10 : vector<32xi64>
      %13 = vector.broadcast %1 : i64 to vector<32xi64>
      %14 = arith.select %8, %13, %12 : vector<32xi1>, vector<32xi64>
      %15 = vector.shuffle %7#0, %7#0 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<32xf64>, vector<32xf64>
      %16 = vector.shuffle %14, %14 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<32xi64>, vector<32xi64>
      %17 = vector.shuffle %7#0, %7#0 [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31] : vector<32xf64>, vector<32xf64>
      %18 = vector.shuffle %14, %14 [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31] : vector<32xi64>, vector<32xi64>
      %19 = arith.cmpi slt, %18, %16 : vector<16xi64>
      %20 = arith.cmpf ogt, %15, %17 : vector<16xf64>
      %21 = arith.xori %20, %cst_2 : vector<16xi1>
      %22 = arith.cmpf ogt, %17, %15 : vector<16xf64>
      %23 = arith.andi %21, %19 : vector<16xi1>
      %24 = arith.ori %22, %23 : vector<16xi1>
      %25 = arith.select %24, %17, %15 : vector<16xi1>, vector<16xf64>
      %26 = arith.select %24, %18, %16 : vector<16xi1>, vector<16xi64>
      %27 = vector.shuffle %25, %25 [0, 1, 2, 3, 4, 5, 6, 7] : vector<16xf64>, vector<16xf64>
      %28 = vector.shuffle %26, %26 [0, 1, 2, 3, 4, 5, 6, 7] : vector<16xi64>, vector<16xi64>
      %29 = vector.shuffle %25, %25 [8, 9, 10, 11, 12, 13, 14, 15] : vector<16xf64>, vector<16xf64>
      %30 = vector.shuffle %26, %26 [8, 9, 10, 11, 12, 13, 14, 15] : vector<16xi64>, vector<16xi64>
      %31 = arith.cmpi slt, %30, %28 : vector<8xi64>
      %32 = arith.cmpf ogt, %27, %29 : vector<8xf64>
      %33 = arith.xori %32, %cst_1 : vector<8xi1>
      %34 = arith.cmpf ogt, %29, %27 : vector<8xf64>
      %35 = arith.andi %33, %31 : vector<8xi1>
      %36 = arith.ori %34, %35 : vector<8xi1>
      %37 = arith.select %36, %29, %27 : vector<8xi1>, vector<8xf64>
      %38 = arith.select %36, %30, %28 : vector<8xi1>, vector<8xi64>
      %39 = vector.shuffle %37, %37 [0, 1, 2, 3] : vector<8xf64>, vector<8xf64>
      %40 = vector.shuffle %38, %38 [0, 1, 2, 3] : vector<8xi64>, vector<8xi64>
      %41 = vector.shuffle %37, %37 [4, 5, 6, 7] : vector<8xf64>, vector<8xf64>
      %42 = vector.shuffle %38, %38 [4, 5, 6, 7] : vector<8xi64>, vector<8xi64>
      %43 = arith.cmpi slt, %42, %40 : vector<4xi64>
      %44 = arith.cmpf ogt, %39, %41 : vector<4xf64>
      %45 = arith.xori %44, %cst_0 : vector<4xi1>
      %46 = arith.cmpf ogt, %41, %39 : vector<4xf64>
      %47 = arith.andi %45, %43 : vector<4xi1>
      %48 = arith.ori %46, %47 : vector<4xi1>
      %49 = arith.select %48, %41, %39 : vector<4xi1>, vector<4xf64>
      %50 = arith.select %48, %42, %40 : vector<4xi1>, vector<4xi64>
      %51 = vector.shuffle %49, %49 [0, 1] : vector<4xf64>, vector<4xf64>
      %52 = vector.shuffle %50, %50 [0, 1] : vector<4xi64>, vector<4xi64>
      %53 = vector.shuffle %49, %49 [2, 3] : vector<4xf64>, vector<4xf64>
      %54 = vector.shuffle %50, %50 [2, 3] : vector<4xi64>, vector<4xi64>
      %55 = arith.cmpi slt, %54, %52 : vector<2xi64>
      %56 = arith.cmpf ogt, %51, %53 : vector<2xf64>
      %57 = arith.xori %56, %cst : vector<2xi1>
      %58 = arith.cmpf ogt, %53, %51 : vector<2xf64>
      %59 = arith.andi %57, %55 : vector<2xi1>
      %60 = arith.ori %58, %59 : vector<2xi1>
      %61 = arith.select %60, %53, %51 : vector<2xi1>, vector<2xf64>
      %62 = arith.select %60, %54, %52 : vector<2xi1>, vector<2xi64>
      %63 = vector.extract %61[0] : f64 from vector<2xf64>
      %64 = vector.extract %62[0] : i64 from vector<2xi64>
      %65 = vector.extract %61[1] : f64 from vector<2xf64>
      %66 = vector.extract %62[1] : i64 from vector<2xi64>
      %67 = arith.cmpi slt, %66, %64 : i64
      %68 = arith.cmpf ogt, %63, %65 : f64
      %69 = arith.xori %68, %true : i1
      %70 = arith.cmpf ogt, %65, %63 : f64
      %71 = arith.andi %69, %67 : i1
      %72 = arith.ori %70, %71 : i1
      %73 = arith.select %72, %65, %63 : f64
      %74 = arith.select %72, %66, %64 : i64
      %75 = memref.load %b[%arg0] : memref<?xf64>
      %76 = memref.load %p[%arg0] : memref<?xi64>
      %77 = arith.cmpi slt, %74, %76 : i64
      %78 = arith.cmpf ogt, %75, %73 : f64
      %79 = arith.xori %78, %true : i1
      %80 = arith.cmpf ogt, %73, %75 : f64
      %81 = arith.andi %79, %77 : i1
      %82 = arith.ori %80, %81 : i1
      %83 = arith.select %82, %73, %75 : f64
      %84 = arith.select %82, %74, %76 : i64
      memref.store %83, %b[%arg0] : memref<?xf64>
      memref.store %84, %p[%arg0] : memref<?xi64>
    }
    return
  }
}
