using System.Globalization;
using System.Text;

namespace Mlir.IR.Text;

/// <summary>Gives each value and block below an operation the name under which it prints, as mlir-opt numbers them.</summary>
internal sealed class SsaNames
{
    /// <summary>A name: text or a number; <paramref name="Result"/> is the position inside a group of results, or -1.</summary>
    public readonly record struct Name(string? Text, int Number, int Result);

    private sealed class Scope(Scope? parent)
    {
        private HashSet<string>? _names;
        private Dictionary<string, int>? _suffixes;

        public bool Contains(string name)
        {
            for (var scope = this; scope is not null; scope = scope.Parent)
            {
                if (scope._names?.Contains(name) == true)
                {
                    return true;
                }
            }

            return false;
        }

        private Scope? Parent { get; } = parent;

        public void Add(string name) => (_names ??= []).Add(name);

        /// <summary>A number that made no name out of <paramref name="name"/> yet.</summary>
        public int NextSuffix(string name)
        {
            var next = 0;
            for (var scope = this; scope is not null; scope = scope.Parent)
            {
                if (scope._suffixes?.TryGetValue(name, out next) == true)
                {
                    break;
                }
            }

            (_suffixes ??= [])[name] = next + 1;
            return next;
        }
    }

    private readonly record struct Context(Region Region, int Value, int Argument, Scope Parent);

    private readonly Dictionary<Value, Name> _values;
    private readonly Dictionary<Block, int> _blocks = [];
    private readonly bool _useHints;
    private int _nextValue;
    private int _nextArgument;

    public SsaNames(Operation root, bool useHints)
    {
        _useHints = useHints;

        // Values compare by reference as they are; the default comparer spares a call for each.
        _values = new Dictionary<Value, Name>(CountValues(root));
        var scope = new Scope(null);
        var work = new Stack<Context>();
        NumberResults(root, scope);
        Push(root, scope, work);
        while (work.TryPop(out var context))
        {
            (_nextValue, _nextArgument) = (context.Value, context.Argument);
            var inner = new Scope(context.Parent);
            NumberRegion(context.Region, inner);
            for (var block = context.Region.First; block is not null; block = block.Next)
            {
                for (var op = block.First; op is not null; op = op.Next)
                {
                    Push(op, inner, work);
                }
            }
        }
    }

    private static int CountValues(Operation root)
    {
        var count = root.ResultSpan.Length;
        var work = new Stack<Region>();
        foreach (var region in root.RegionSpan)
        {
            work.Push(region);
        }

        while (work.TryPop(out var region))
        {
            for (var block = region.First; block is not null; block = block.Next)
            {
                count += block.Arguments.Count;
                for (var op = block.First; op is not null; op = op.Next)
                {
                    count += op.ResultSpan.Length;
                    foreach (var inner in op.RegionSpan)
                    {
                        work.Push(inner);
                    }
                }
            }
        }

        return count;
    }

    public bool TryGet(Value value, out Name name) => _values.TryGetValue(value, out name);

    public bool TryGet(Block block, out int number) => _blocks.TryGetValue(block, out number);

    /// <summary>Prints <paramref name="value"/> under the name of <paramref name="other"/>.</summary>
    public void Shadow(Value value, Value other)
    {
        if (_values.TryGetValue(other, out var name))
        {
            _values[value] = name;
        }
    }

    /// <summary>Whether <paramref name="name"/> is <c>arg</c> and a number: the name of an entry argument that has none.</summary>
    public static bool IsDefault(ReadOnlySpan<char> name) =>
        name.Length > 3
        && name.StartsWith("arg", StringComparison.Ordinal)
        && !name[3..].ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether <paramref name="name"/> is <paramref name="hint"/>, or it with the number that tells equal names apart.</summary>
    public static bool IsVariantOf(ReadOnlySpan<char> name, string hint) =>
        name.StartsWith(hint, StringComparison.Ordinal)
        && (
            name.Length == hint.Length
            || (
                name.Length > hint.Length + 1
                && name[hint.Length] == '_'
                && !name[(hint.Length + 1)..].ContainsAnyExceptInRange('0', '9')
            )
        );

    private void Push(Operation op, Scope scope, Stack<Context> work)
    {
        foreach (var region in op.RegionSpan)
        {
            work.Push(new Context(region, _nextValue, _nextArgument, scope));
        }
    }

    private void NumberRegion(Region region, Scope scope)
    {
        var nextBlock = 0;
        for (var block = region.First; block is not null; block = block.Next)
        {
            _blocks[block] = nextBlock++;
            foreach (var argument in block.Arguments)
            {
                NumberArgument(argument, block.IsEntry, scope);
            }

            for (var op = block.First; op is not null; op = op.Next)
            {
                NumberResults(op, scope);
            }
        }
    }

    private void NumberArgument(BlockArgument argument, bool isEntry, Scope scope)
    {
        if (_values.ContainsKey(argument))
        {
            return;
        }

        if (_useHints && argument.NameHint is { Length: > 0 } hint && !IsDefault(hint))
        {
            _values[argument] = new Name(Unique(hint, scope), 0, -1);
        }
        else if (isEntry)
        {
            var name = "arg" + _nextArgument++.ToString(CultureInfo.InvariantCulture);
            _values[argument] = new Name(Unique(name, scope), 0, -1);
        }
        else
        {
            _values[argument] = new Name(null, _nextValue++, -1);
        }
    }

    private void NumberResults(Operation op, Scope scope)
    {
        var results = op.ResultSpan;
        if (results.Length == 1)
        {
            _values[results[0]] = NewName(HintOf(op, 0), scope) with { Result = -1 };
            return;
        }

        // A result with a name of its own starts a group; the results after it belong to it.
        for (var i = 0; i < results.Length; )
        {
            var end = i + 1;
            while (end < results.Length && HintOf(op, end) is null)
            {
                end++;
            }

            var name = NewName(HintOf(op, i), scope);
            for (var k = i; k < end; k++)
            {
                _values[results[k]] = name with { Result = end - i == 1 ? -1 : k - i };
            }

            i = end;
        }
    }

    private string? HintOf(Operation op, int index)
    {
        // A given name comes first, then the one that fits the operation; a numbered variant of that is no name of its own.
        var given = _useHints ? op.ResultSpan[index].NameHint : null;
        var fitting = op.ResultNameHint(index);
        var name =
            string.IsNullOrEmpty(given) || IsDefault(given) || (fitting is not null && IsVariantOf(given, fitting))
                ? fitting
                : given;
        return string.IsNullOrEmpty(name) || IsDefault(name) ? null : name;
    }

    private Name NewName(string? hint, Scope scope) =>
        hint is null ? new Name(null, _nextValue++, 0) : new Name(Unique(hint, scope), 0, 0);

    private string Unique(string hint, Scope scope)
    {
        var name = Sanitize(hint);
        if (scope.Contains(name))
        {
            // Each name counts for itself, so that what is printed does not depend on which other names were given.
            var plain = name;
            do
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{scope.NextSuffix(plain)}");
            } while (scope.Contains(name));
        }

        scope.Add(name);
        return name;
    }

    private static string Sanitize(string name)
    {
        var plain = !char.IsAsciiDigit(name[0]);
        foreach (var c in name)
        {
            plain &= char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '-';
        }

        if (plain)
        {
            return name;
        }

        var text = new StringBuilder();
        if (char.IsAsciiDigit(name[0]))
        {
            text.Append('_');
        }

        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '-')
            {
                text.Append(c);
            }
            else if (c == ' ')
            {
                text.Append('_');
            }
            else
            {
                text.Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
