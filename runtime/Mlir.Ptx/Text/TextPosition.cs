namespace Mlir.Ptx.Text;

/// <summary>A place in a PTX text, counted from one.</summary>
internal readonly record struct TextPosition(int Line, int Column);
