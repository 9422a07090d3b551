using System.Collections.Immutable;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Overloads;

/// <summary>The conversions between scalars that C# makes by itself.</summary>
internal static class NumericConversions
{
    // §10.2.3 of the C# standard, and the operators that Half declares as implicit. Nothing converts from or to bool.
    private static readonly ImmutableArray<ScalarKind>[] Targets = CreateTargets();

    /// <summary>Whether C# converts <paramref name="from"/> to the different kind <paramref name="to"/> without a cast.</summary>
    public static bool IsImplicit(ScalarKind from, ScalarKind to) => IsKnown(from) && Targets[(int)from].Contains(to);

    /// <summary>Whether the number on the wire is one of the kinds that the protocol defines.</summary>
    public static bool IsKnown(ScalarKind kind) => kind is > ScalarKind.Unspecified and <= ScalarKind.Char;

    /// <summary>Whether C# prefers the signed <paramref name="kind"/> to the unsigned <paramref name="other"/>.</summary>
    public static bool IsSignedOver(ScalarKind kind, ScalarKind other) =>
        kind switch
        {
            ScalarKind.Int8 => other is ScalarKind.Uint8 or ScalarKind.Uint16 or ScalarKind.Uint32 or ScalarKind.Uint64,
            ScalarKind.Int16 => other is ScalarKind.Uint16 or ScalarKind.Uint32 or ScalarKind.Uint64,
            ScalarKind.Int32 => other is ScalarKind.Uint32 or ScalarKind.Uint64,
            ScalarKind.Int64 => other is ScalarKind.Uint64,
            _ => false,
        };

    private static ImmutableArray<ScalarKind>[] CreateTargets()
    {
        ImmutableArray<ScalarKind> floats = [ScalarKind.Float32, ScalarKind.Float64];
        var targets = new ImmutableArray<ScalarKind>[(int)ScalarKind.Char + 1];
        Array.Fill(targets, []);
        targets[(int)ScalarKind.Int8] =
        [
            ScalarKind.Int16,
            ScalarKind.Int32,
            ScalarKind.Int64,
            ScalarKind.Float16,
            .. floats,
        ];
        targets[(int)ScalarKind.Uint8] =
        [
            ScalarKind.Int16,
            ScalarKind.Uint16,
            ScalarKind.Int32,
            ScalarKind.Uint32,
            ScalarKind.Int64,
            ScalarKind.Uint64,
            ScalarKind.Float16,
            .. floats,
        ];
        targets[(int)ScalarKind.Int16] = [ScalarKind.Int32, ScalarKind.Int64, .. floats];
        targets[(int)ScalarKind.Uint16] =
        [
            ScalarKind.Int32,
            ScalarKind.Uint32,
            ScalarKind.Int64,
            ScalarKind.Uint64,
            .. floats,
        ];
        targets[(int)ScalarKind.Int32] = [ScalarKind.Int64, .. floats];
        targets[(int)ScalarKind.Uint32] = [ScalarKind.Int64, ScalarKind.Uint64, .. floats];
        targets[(int)ScalarKind.Int64] = floats;
        targets[(int)ScalarKind.Uint64] = floats;
        targets[(int)ScalarKind.Char] =
        [
            ScalarKind.Uint16,
            ScalarKind.Int32,
            ScalarKind.Uint32,
            ScalarKind.Int64,
            ScalarKind.Uint64,
            .. floats,
        ];
        targets[(int)ScalarKind.Float32] = [ScalarKind.Float64];
        return targets;
    }
}
