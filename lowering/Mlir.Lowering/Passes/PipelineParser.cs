using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Reads <c>builtin.module(canonicalize,func.func(cse),fuse-elementwise{max-inputs=4})</c>.</summary>
internal sealed class PipelineParser(string text, PassRegistry passes)
{
    private static readonly DiagnosticTemplate Malformed = new(
        "MLIR3001",
        DiagnosticSeverity.Error,
        "malformed pipeline: {0}"
    );
    private static readonly DiagnosticTemplate UnknownPass = new(
        "MLIR3002",
        DiagnosticSeverity.Error,
        "no pass is named '{0}'{1}"
    );
    private const int MaxDepth = 64;

    private int _position;

    public PassPipeline ParseAll()
    {
        var steps = ParseSteps(0);
        if (_position < text.Length)
        {
            throw Fail($"unexpected '{text[_position]}'");
        }

        // One anchored pipeline stands for itself; a bare list runs on the module.
        return steps is [{ Nested: { } only }] ? only : new PassPipeline("builtin.module", EquatableArray.From(steps));
    }

    private List<PipelineStep> ParseSteps(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Fail($"more than {MaxDepth} levels of nesting");
        }

        var steps = new List<PipelineStep>();
        SkipSpace();
        if (_position == text.Length || text[_position] == ')')
        {
            return steps;
        }

        do
        {
            ParseStep(steps, depth);
        } while (TryConsume(','));
        return steps;
    }

    private void ParseStep(List<PipelineStep> steps, int depth)
    {
        SkipSpace();
        var start = _position;
        while (
            _position < text.Length
            && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '-' or '_' or '.')
        )
        {
            _position++;
        }

        if (_position == start)
        {
            throw Fail(
                _position < text.Length ? $"expected a pass before '{text[_position]}'" : "expected a pass at the end"
            );
        }

        var name = text[start.._position];
        if (TryConsume('('))
        {
            var nested = ParseSteps(depth + 1);
            if (!TryConsume(')'))
            {
                throw Fail($"'{name}(' is not closed");
            }

            steps.Add(new PassPipeline(name, EquatableArray.From(nested)));
            return;
        }

        var at = start;
        var options = ParseOptions(name);
        if (passes.FindPipeline(name) is { } pipeline && options.IsEmpty)
        {
            steps.AddRange(pipeline.Steps);
            return;
        }

        var pass =
            passes.Create(name, options)
            ?? throw new DiagnosticException(
                UnknownPass.At(At(at), name, passes.Suggest(name) is { } near ? $"; did you mean '{near}'?" : "")
            );
        steps.Add(pass);
    }

    private PassOptions ParseOptions(string name)
    {
        var values = new List<KeyValuePair<string, string>>();
        if (TryConsume('{'))
        {
            while (!TryConsume('}'))
            {
                SkipSpace();
                var start = _position;
                while (_position < text.Length && text[_position] is not (' ' or '=' or '}' or ',' or '{'))
                {
                    _position++;
                }

                if (_position == start)
                {
                    throw Fail($"the options of '{name}' are not closed");
                }

                var key = text[start.._position];
                values.Add(new(key, TryConsume('=') ? ParseValue() : "true"));
            }
        }

        return new PassOptions(name, values, At(_position));
    }

    private string ParseValue()
    {
        var start = _position;
        if (_position < text.Length && text[_position] is '"' or '\'')
        {
            var quote = text[_position++];
            while (_position < text.Length && text[_position] != quote)
            {
                _position++;
            }

            if (_position == text.Length)
            {
                throw Fail("a quoted option is not closed");
            }

            return text[(start + 1)..(_position++)];
        }

        while (_position < text.Length && text[_position] is not (' ' or '}'))
        {
            _position++;
        }

        return text[start.._position];
    }

    private bool TryConsume(char c)
    {
        SkipSpace();
        if (_position < text.Length && text[_position] == c)
        {
            _position++;
            return true;
        }

        return false;
    }

    private void SkipSpace()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private FileLineColLoc At(int position) => new("<pipeline>", 1, position + 1);

    private DiagnosticException Fail(string message) => new(Malformed.At(At(_position), message));
}
