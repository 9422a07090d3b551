namespace Mlir.IR.Text;

/// <summary>A part of a file that stands on its own, between lines <c>// -----</c>.</summary>
/// <param name="Text">The part's text, without the separating lines.</param>
/// <param name="FirstLine">The number of its first line in the file.</param>
public readonly record struct TextChunk(string Text, int FirstLine)
{
    private const string Marker = "// -----";

    /// <summary>The parts of <paramref name="text"/>, at least one; a line that starts with <c>// -----</c> ends a part.</summary>
    public static IReadOnlyList<TextChunk> Split(string text)
    {
        var chunks = new List<TextChunk>();
        var (start, firstLine, line) = (0, 1, 1);
        for (var i = 0; i < text.Length; )
        {
            var end = text.IndexOf('\n', i);
            var next = end < 0 ? text.Length : end + 1;
            if (text.AsSpan(i, next - i).StartsWith(Marker, StringComparison.Ordinal))
            {
                chunks.Add(new TextChunk(text[start..i], firstLine));
                (start, firstLine) = (next, line + 1);
            }

            i = next;
            line++;
        }

        chunks.Add(new TextChunk(text[start..], firstLine));
        return chunks;
    }

    /// <summary>The parts' outputs joined as mlir-opt does, with the separating line between them.</summary>
    public static string Join(IEnumerable<string> outputs) => string.Join("\n" + Marker + "\n", outputs);
}
