package desk

import (
	"time"

	"beamslot/scheduler"
)

// judge asks whether the command makes sense in the day as it is. Whether the actor may was asked before.
func (c *Course) judge(x scheduler.Command, at time.Time, z zones) *Refusal {
	switch x := x.(type) {
	case scheduler.Book:
		return c.judgeBook(x, z)
	case scheduler.Cancel:
		return c.judgeCancel(x)
	case scheduler.Move:
		return c.judgeMove(x, at)
	case scheduler.Adopt:
		return c.judgeAdopt(x, at)
	case scheduler.Arm:
		return c.judgeArm(x, at)
	case scheduler.Begin:
		return c.judgeBegin(x)
	case scheduler.Measure:
		return c.judgeMeasure(x, at)
	case scheduler.Release:
		return c.judgeRelease(x)
	case scheduler.Fail:
		return c.judgeFail(x)
	case scheduler.Dispatch:
		return c.judgeDispatch(x, at)
	case scheduler.Receive:
		return c.judgeReceive(x)
	case scheduler.Inject:
		return c.judgeInject(x, at)
	case scheduler.StartScan:
		return c.judgeScan(x.Request, visitInjected, "injected")
	case scheduler.FinishScan:
		return c.judgeScan(x.Request, visitScanning, "on the scanner")
	}
	return refuse(Malformed, "command", "%T is not a command of a day", x)
}
