using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Locations as errors name them.</summary>
internal static class LocationText
{
    /// <summary><c>Program.cs(18): x / y</c> as far as it is known; empty when nothing is.</summary>
    public static string Of(Location location)
    {
        var text = location is NameLoc name ? name.Name : "";
        if (location.File is not { } file)
        {
            return text;
        }

        var place = $"{Path.GetFileName(file.FileName)}({file.Line})";
        return text.Length == 0 ? place : $"{place}: {text}";
    }
}
