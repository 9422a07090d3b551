// Numbers of threads and blocks.
llvm.func @numbers() {
  %1 = nvvm.read.ptx.sreg.tid.x : i32
  %2 = nvvm.read.ptx.sreg.tid.y : i32
  %3 = nvvm.read.ptx.sreg.tid.z : i32
  %4 = nvvm.read.ptx.sreg.ctaid.x : i32
  %5 = nvvm.read.ptx.sreg.ctaid.y : i32
  %6 = nvvm.read.ptx.sreg.ctaid.z : i32
  %7 = nvvm.read.ptx.sreg.ntid.x : i32
  %8 = nvvm.read.ptx.sreg.ntid.y : i32
  %9 = nvvm.read.ptx.sreg.ntid.z : i32
  %10 = nvvm.read.ptx.sreg.nctaid.x : i32
  %11 = nvvm.read.ptx.sreg.nctaid.y : i32
  %12 = nvvm.read.ptx.sreg.nctaid.z : i32
  %l = nvvm.read.ptx.sreg.laneid {test.note} : i32
  llvm.return
}
// -----
// What threads tell each other.
llvm.func @exchange(%mask: i32, %x: f32, %offset: i32, %clamp: i32) {
  nvvm.barrier0
  nvvm.bar.warp.sync %mask : i32
  %a = nvvm.shfl.sync bfly %mask, %x, %offset, %clamp : f32 -> f32
  %b = nvvm.shfl.sync up %mask, %x, %offset, %clamp : f32 -> f32
  %c = nvvm.shfl.sync down %mask, %x, %offset, %clamp {return_value_and_is_valid} : f32 -> !llvm.struct<(f32, i1)>
  %d = nvvm.shfl.sync idx %mask, %offset, %offset, %clamp : i32 -> i32
  llvm.return
}
// -----
// Copies around the registers.
llvm.func @copies(%to: !llvm.ptr<3>, %from: !llvm.ptr<1>, %given: i32) {
  nvvm.cp.async.shared.global %to, %from, 16, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
  nvvm.cp.async.shared.global %to, %from, 8, cache = ca : !llvm.ptr<3>, !llvm.ptr<1>
  nvvm.cp.async.shared.global %to, %from, 16, cache = cg, %given : !llvm.ptr<3>, !llvm.ptr<1>, i32
  nvvm.cp.async.commit.group
  nvvm.cp.async.wait.group 1
  llvm.return
}
// -----
// Matrices.
llvm.func @matrices(%p: !llvm.ptr<3>, %a: i32, %f: f32, %d: f64, %h: vector<2xf16>) {
  %0 = nvvm.ldmatrix %p {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<row>, num = 4 : i32, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>} : (!llvm.ptr<3>) -> !llvm.struct<(i32, i32, i32, i32)>
  %1 = nvvm.ldmatrix %p {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<col>, num = 1 : i32, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>} : (!llvm.ptr<3>) -> i32
  %2 = nvvm.mma.sync A[%a, %a, %a, %a] B[%a, %a] C[%f, %f, %f, %f] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, multiplicandAPtxType = #nvvm.mma_type<bf16>, multiplicandBPtxType = #nvvm.mma_type<bf16>, shape = #nvvm.shape<m = 16, n = 8, k = 16>} : (i32, i32, f32) -> !llvm.struct<(f32, f32, f32, f32)>
  %3 = nvvm.mma.sync A[%a, %a, %a, %a] B[%a, %a] C[%f, %f, %f, %f] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, multiplicandAPtxType = #nvvm.mma_type<tf32>, multiplicandBPtxType = #nvvm.mma_type<tf32>, shape = #nvvm.shape<m = 16, n = 8, k = 8>} : (i32, i32, f32) -> !llvm.struct<(f32, f32, f32, f32)>
  %4 = nvvm.mma.sync A[%d] B[%d] C[%d, %d] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, shape = #nvvm.shape<m = 8, n = 8, k = 4>} : (f64, f64, f64) -> !llvm.struct<(f64, f64)>
  llvm.return
}
