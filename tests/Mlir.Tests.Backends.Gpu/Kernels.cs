using Mlir.Backends.Gpu;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>PTX that the tests launch.</summary>
internal static class Kernels
{
    /// <summary>x[i] *= factor, one thread an element.</summary>
    public static GpuCode Scale { get; } =
        GpuCode.FromPtx(
            """
            .version 7.0
            .target sm_80
            .address_size 64

            .visible .entry scale(.param .u64 scale_param_0, .param .f32 scale_param_1, .param .u32 scale_param_2)
            {
                .reg .pred %p<2>;
                .reg .b32 %r<6>;
                .reg .f32 %f<4>;
                .reg .b64 %rd<4>;
                ld.param.u64 %rd1, [scale_param_0];
                ld.param.f32 %f1, [scale_param_1];
                ld.param.u32 %r1, [scale_param_2];
                mov.u32 %r2, %ctaid.x;
                mov.u32 %r3, %ntid.x;
                mov.u32 %r4, %tid.x;
                mad.lo.s32 %r5, %r2, %r3, %r4;
                setp.ge.s32 %p1, %r5, %r1;
                @%p1 bra $L__BB0_2;
                mul.wide.s32 %rd2, %r5, 4;
                add.s64 %rd3, %rd1, %rd2;
                ld.global.f32 %f2, [%rd3];
                mul.rn.f32 %f3, %f2, %f1;
                st.global.f32 [%rd3], %f3;
            $L__BB0_2:
                ret;
            }
            """,
            new GpuKernelInfo(
                "scale",
                [GpuParameter.Output, GpuParameter.Scalar32, GpuParameter.Scalar32],
                "x * factor",
                "Program.cs(18)"
            )
        );

    /// <summary>A launch of <see cref="Scale"/> over an array.</summary>
    public static GpuLaunch PrepareScale(GpuArray<float> array, float factor, int? count = null)
    {
        var kernel = array.Device.Load(Scale).GetKernel("scale");
        var length = count ?? (int)array.Length;
        return kernel.Prepare(new GpuGrid((length + 127) / 128, 128)).Set(0, array).Set(1, factor).Set(2, length);
    }

    public static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => (float)i)];
}
