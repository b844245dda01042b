package desk_test

import (
	"testing"
	_ "time/tzdata"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// A wish for a day to come stays in wall time; it becomes minutes when its day is opened, by the rules of then.
func TestAWishForADayToComeKeepsItsWallTime(t *testing.T) {
	for day, want := range map[scheduler.Date]scheduler.Minute{
		"2026-11-30": 8*60 - 60,  // winter: UTC+1
		"2027-03-27": 8*60 - 60,  // the day before summer time
		"2027-03-28": 8*60 - 120, // 23 hours long: at eight it is summer time
		"2027-10-31": 8*60 - 60,  // 25 hours long: at eight it is winter again
	} {
		t.Run(string(day), func(t *testing.T) {
			r := newRoom(t)
			on := scheduler.About{Date: day}
			r.must(nurse, scheduler.Book{About: on, Request: wish("A1"), Wall: morning})
			r.must(nurse, scheduler.Book{About: on, Request: wish("A2"), Wall: morning})
			r.must(nurse, scheduler.Cancel{About: on, Request: "A2", Reason: "moved away"})
			r.no(nurse, scheduler.Book{About: on, Request: wish("A1"), Wall: morning}, desk.Unlawful, "request-booked-once")
			r.no(nurse, scheduler.Cancel{About: on, Request: "A9", Reason: "?"}, desk.Unknown, "request")
			r.reopen()
			r.must(coord, scheduler.Open{About: on, Day: fixture(t, "tiny-1.json", scheduler.ParseDay)})
			q, _, err := r.Day(day)
			if err != nil {
				t.Fatal(err)
			}
			got := q.Requests[len(q.Requests)-1]
			if got.ID != "A1" || got.Window[0] != want {
				t.Errorf("%s is asked for from minute %d on; want A1 from %d", got.ID, got.Window[0], want)
			}
		})
	}
}

func TestAWishForADayToComeIsCheckedNow(t *testing.T) {
	r := newRoom(t)
	book := func(spoil func(*scheduler.Request)) scheduler.Book {
		w := wish("A1")
		spoil(&w)
		return scheduler.Book{About: scheduler.About{Date: "2026-11-30"}, Request: w, Wall: morning}
	}
	negative := book(func(w *scheduler.Request) { w.WeightKg = -70 })
	r.no(nurse, negative, desk.Malformed, "request")
	r.openTiny()
	r.no(nurse, negative, desk.Malformed, "request")
	r.no(nurse, book(func(w *scheduler.Request) { w.Tracer = "GOLD" }), desk.Malformed, "request")
}

func TestADayThatIsOverTakesNoWishes(t *testing.T) {
	r := newRoom(t)
	r.no(nurse, scheduler.Book{About: scheduler.About{Date: "2026-11-20"}, Request: wish("A1"), Wall: morning}, desk.Unlawful, "not-in-the-past")
}

func TestAWishThatCannotStandInItsDayStaysInSight(t *testing.T) {
	r := newRoom(t)
	on := scheduler.About{Date: "2026-11-30"}
	w := wish("A1")
	w.Tracer = "GOLD"
	r.must(nurse, scheduler.Book{About: on, Request: w, Wall: morning})
	r.must(coord, scheduler.Open{About: on, Day: fixture(t, "tiny-1.json", scheduler.ParseDay)})
	v, _, _ := r.View("2026-11-30")
	if got := v.Requests["A1"]; got == nil || got.State != "cancelled" {
		t.Errorf("A1 is %v; want it in sight, as one that cannot stand", got)
	}
}
