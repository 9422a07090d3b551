namespace Mlir.Backends.Interpreter;

/// <summary>Copies registers as if all at once.</summary>
internal sealed class MoveInstruction : Instruction
{
    private readonly (int From, int To)[] _scalars;
    private readonly (int From, int To)[] _objects;
    private readonly bool _overlaps;

    /// <summary>Copies each source to the target of the same number.</summary>
    public MoveInstruction(IReadOnlyList<Register> sources, IReadOnlyList<Register> targets)
    {
        var pairs = sources.Zip(targets).Where(p => p.First.Index != p.Second.Index).ToArray();
        _scalars = [.. pairs.Where(p => !p.Second.IsObject).Select(p => (p.First.Index, p.Second.Index))];
        _objects = [.. pairs.Where(p => p.Second.IsObject).Select(p => (p.First.Index, p.Second.Index))];
        _overlaps = Overlap(_scalars) || Overlap(_objects);
    }

    public override int Execute(Frame frame)
    {
        if (_overlaps)
        {
            MoveOverlapping(frame);
            return Next;
        }

        foreach (var (from, to) in _scalars)
        {
            frame.Scalars[to] = frame.Scalars[from];
        }

        foreach (var (from, to) in _objects)
        {
            frame.Objects[to] = frame.Objects[from];
        }

        return Next;
    }

    private void MoveOverlapping(Frame frame)
    {
        var scalars = _scalars.Length <= 64 ? stackalloc long[_scalars.Length] : new long[_scalars.Length];
        for (var i = 0; i < _scalars.Length; i++)
        {
            scalars[i] = frame.Scalars[_scalars[i].From];
        }

        for (var i = 0; i < _scalars.Length; i++)
        {
            frame.Scalars[_scalars[i].To] = scalars[i];
        }

        if (_objects.Length > 0)
        {
            var objects = Array.ConvertAll(_objects, p => frame.Objects[p.From]);
            for (var i = 0; i < objects.Length; i++)
            {
                frame.Objects[_objects[i].To] = objects[i];
            }
        }
    }

    private static bool Overlap((int From, int To)[] pairs)
    {
        var written = new HashSet<int>();
        foreach (var (from, to) in pairs)
        {
            if (written.Contains(from))
            {
                return true;
            }

            written.Add(to);
        }

        return false;
    }
}
