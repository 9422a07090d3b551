using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;

namespace Mlir.Remote;

/// <summary>One overload of a function as the server knows it.</summary>
/// <param name="Name">The function's name; empty for one without.</param>
/// <param name="Signature">As C# writes it, for example <c>add(double x, double y) → double</c>.</param>
/// <param name="Target">What it is compiled for.</param>
/// <param name="Hash">The SHA-256 of its module, in hexadecimal.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="CallTime">The time that its calls took inside workers, all together.</param>
/// <param name="CompileTime">How long the server compiled it.</param>
/// <param name="Source">Where it stands in the source.</param>
/// <param name="IsShared">Whether another client shares it.</param>
public sealed record RemoteFunctionInfo(
    string Name,
    string Signature,
    string Target,
    string Hash,
    long Calls,
    TimeSpan CallTime,
    TimeSpan CompileTime,
    string Source,
    bool IsShared
)
{
    private const double NanosecondsPerSecond = 1e9;

    internal static RemoteFunctionInfo Of(FunctionInfo info) =>
        new(
            info.Name,
            DataTypes.CSharpText(info.Name, info.Signature ?? new Signature { Result = DataTypes.Text }),
            info.Target,
            Convert.ToHexStringLower(info.Hash.Span),
            (long)info.Calls,
            TimeSpan.FromSeconds(info.CallNanoseconds / NanosecondsPerSecond),
            TimeSpan.FromSeconds(info.CompileNanoseconds / NanosecondsPerSecond),
            info.Source,
            info.Shared
        );
}
