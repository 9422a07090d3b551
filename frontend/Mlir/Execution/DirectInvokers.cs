using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Calls a kernel of 0 parameters that cannot fail.</summary>
internal sealed unsafe class DirectInvoker<TResult>(KernelVersion version) : DirectInvoker(version)
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel.</summary>
    public TResult Call() => _entry();
}

/// <summary>Calls a kernel of 0 parameters that can fail.</summary>
internal sealed unsafe class FallibleInvoker<TResult>(KernelVersion version) : DirectInvoker(version)
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<KernelFrame*, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<KernelFrame*, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel and throws what it reports.</summary>
    public TResult Call()
    {
        KernelFrame frame = default;
        var result = _entry(&frame);
        if (frame.Status != 0)
        {
            Throw(frame.Status);
        }

        return result;
    }
}

/// <summary>Calls a kernel of 1 parameter that cannot fail.</summary>
internal sealed unsafe class DirectInvoker<T1, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel.</summary>
    public TResult Call(T1 a1) => _entry(a1);
}

/// <summary>Calls a kernel of 1 parameter that can fail.</summary>
internal sealed unsafe class FallibleInvoker<T1, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, KernelFrame*, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, KernelFrame*, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel and throws what it reports.</summary>
    public TResult Call(T1 a1)
    {
        KernelFrame frame = default;
        var result = _entry(a1, &frame);
        if (frame.Status != 0)
        {
            Throw(frame.Status);
        }

        return result;
    }
}

/// <summary>Calls a kernel of 2 parameters that cannot fail.</summary>
internal sealed unsafe class DirectInvoker<T1, T2, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel.</summary>
    public TResult Call(T1 a1, T2 a2) => _entry(a1, a2);
}

/// <summary>Calls a kernel of 2 parameters that can fail.</summary>
internal sealed unsafe class FallibleInvoker<T1, T2, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, KernelFrame*, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, KernelFrame*, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel and throws what it reports.</summary>
    public TResult Call(T1 a1, T2 a2)
    {
        KernelFrame frame = default;
        var result = _entry(a1, a2, &frame);
        if (frame.Status != 0)
        {
            Throw(frame.Status);
        }

        return result;
    }
}

/// <summary>Calls a kernel of 3 parameters that cannot fail.</summary>
internal sealed unsafe class DirectInvoker<T1, T2, T3, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel.</summary>
    public TResult Call(T1 a1, T2 a2, T3 a3) => _entry(a1, a2, a3);
}

/// <summary>Calls a kernel of 3 parameters that can fail.</summary>
internal sealed unsafe class FallibleInvoker<T1, T2, T3, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, KernelFrame*, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, KernelFrame*, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel and throws what it reports.</summary>
    public TResult Call(T1 a1, T2 a2, T3 a3)
    {
        KernelFrame frame = default;
        var result = _entry(a1, a2, a3, &frame);
        if (frame.Status != 0)
        {
            Throw(frame.Status);
        }

        return result;
    }
}

/// <summary>Calls a kernel of 4 parameters that cannot fail.</summary>
internal sealed unsafe class DirectInvoker<T1, T2, T3, T4, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where T4 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, T4, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, T4, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel.</summary>
    public TResult Call(T1 a1, T2 a2, T3 a3, T4 a4) => _entry(a1, a2, a3, a4);
}

/// <summary>Calls a kernel of 4 parameters that can fail.</summary>
internal sealed unsafe class FallibleInvoker<T1, T2, T3, T4, TResult>(KernelVersion version) : DirectInvoker(version)
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where T4 : unmanaged
    where TResult : unmanaged
{
    private readonly delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, T4, KernelFrame*, TResult> _entry =
        (delegate* unmanaged[SuppressGCTransition]<T1, T2, T3, T4, KernelFrame*, TResult>)version.Native!.Direct;

    /// <summary>Calls the kernel and throws what it reports.</summary>
    public TResult Call(T1 a1, T2 a2, T3 a3, T4 a4)
    {
        KernelFrame frame = default;
        var result = _entry(a1, a2, a3, a4, &frame);
        if (frame.Status != 0)
        {
            Throw(frame.Status);
        }

        return result;
    }
}
