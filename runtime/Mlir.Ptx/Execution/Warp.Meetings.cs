using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Execution;

internal sealed unsafe partial class Warp
{
    /// <summary>Lets the running fragment wait at an instruction for others of the warp.</summary>
    public void Wait(WarpInstruction instruction)
    {
        Fragment.State = FragmentState.AtWarp;
        TryMeet(instruction);
    }

    // Fragments that wait at one instruction go on when everybody whom they wait for is there, or has exited.
    private void TryMeet(WarpInstruction instruction)
    {
        var waiting = fragments.Where(fragment => IsAt(fragment, instruction)).ToList();
        uint present = 0;
        foreach (var fragment in waiting)
        {
            present |= fragment.Mask;
        }

        // Lanes of different fragments share the register file where they are in the same activation; elsewhere they cannot meet.
        var registers = waiting[0].Frame.Registers;
        if (
            waiting.Any(fragment => fragment.Frame.Registers != registers)
            || !instruction.IsComplete(this, registers, present, present)
        )
        {
            return;
        }

        instruction.Exchange(this, registers, present);
        foreach (var fragment in waiting)
        {
            fragment.Pc++;
            fragment.State = FragmentState.Running;
        }
    }

    // Threads have exited: whoever waited for them may go on.
    private void ReviewWarpWaits()
    {
        foreach (var fragment in fragments.ToArray())
        {
            if (fragment.State == FragmentState.AtWarp)
            {
                TryMeet((WarpInstruction)fragment.Frame.Function.Code.Code[fragment.Pc]);
            }
        }
    }

    private static bool IsAt(Fragment fragment, WarpInstruction instruction) =>
        fragment.State == FragmentState.AtWarp && fragment.Frame.Function.Code.Code[fragment.Pc] == instruction;
}
