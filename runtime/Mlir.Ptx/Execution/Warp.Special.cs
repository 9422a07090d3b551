using Mlir.Ptx.Decoding;

namespace Mlir.Ptx.Execution;

internal sealed unsafe partial class Warp
{
    /// <summary>Writes what a special register holds in each lane.</summary>
    public void FillSpecial(uint* lanes, SpecialRegister register)
    {
        var launch = Block.Launch;
        for (var lane = 0; lane < 32; lane++)
        {
            var thread = launch.Size.At((Index * 32) + lane);
            lanes[lane] = register switch
            {
                SpecialRegister.ThreadX => (uint)thread.X,
                SpecialRegister.ThreadY => (uint)thread.Y,
                SpecialRegister.ThreadZ => (uint)thread.Z,
                SpecialRegister.ThreadsX => (uint)launch.Size.X,
                SpecialRegister.ThreadsY => (uint)launch.Size.Y,
                SpecialRegister.ThreadsZ => (uint)launch.Size.Z,
                SpecialRegister.BlockX => (uint)Block.Place.X,
                SpecialRegister.BlockY => (uint)Block.Place.Y,
                SpecialRegister.BlockZ => (uint)Block.Place.Z,
                SpecialRegister.BlocksX => (uint)launch.Grid.X,
                SpecialRegister.BlocksY => (uint)launch.Grid.Y,
                SpecialRegister.BlocksZ => (uint)launch.Grid.Z,
                SpecialRegister.Lane => (uint)lane,
                SpecialRegister.Warp => (uint)Index,
                SpecialRegister.Warps => (uint)Block.Warps.Count,
                SpecialRegister.Multiprocessors => 1,
                SpecialRegister.Grid => (uint)launch.Plan.Number,
                SpecialRegister.MaskEqual => 1u << lane,
                SpecialRegister.MaskLess => (1u << lane) - 1,
                SpecialRegister.MaskLessOrEqual => (2u << lane) - 1,
                SpecialRegister.MaskGreater => ~((2u << lane) - 1),
                SpecialRegister.MaskGreaterOrEqual => ~((1u << lane) - 1),
                SpecialRegister.DynamicShared => (uint)launch.Plan.DynamicSharedBytes,
                SpecialRegister.TotalShared => (uint)launch.SharedBytes,
                _ => 0,
            };
        }
    }
}
