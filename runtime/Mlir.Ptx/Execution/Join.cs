namespace Mlir.Ptx.Execution;

/// <summary>Where threads that went different ways wait for each other, to go on together.</summary>
internal sealed class Join(int pc, uint expected, Join? parent, Frame frame, bool isReturn)
{
    /// <summary>Where they go on.</summary>
    public int Pc { get; } = pc;

    /// <summary>Who is to come; threads that exit are taken out.</summary>
    public uint Expected { get; set; } = expected;

    /// <summary>Who is here.</summary>
    public uint Arrived { get; set; }

    /// <summary>The meeting that follows this one.</summary>
    public Join? Parent { get; } = parent;

    /// <summary>The activation in which they go on.</summary>
    public Frame Frame { get; } = frame;

    /// <summary>Whether they come here by returning from a call.</summary>
    public bool IsReturn { get; } = isReturn;

    public bool IsComplete => Arrived == Expected && Arrived != 0;
}
