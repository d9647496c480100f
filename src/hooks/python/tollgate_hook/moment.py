"""A way to see that a method is about to be called, without being on the stack while it runs."""
import sys


class Moment:
    """
    Stands for a method in its class. Whoever looks the method up on an instance gets it as ever, and `see` is told:
    the instance and the frame that looks. No frame of ours is in the tracebacks of what the method raises.
    """

    def __init__(self, function, see):
        self.function = function
        self.see = see

    def __get__(self, instance, owner=None):
        if instance is None:
            return self.function
        try:
            self.see(instance, sys._getframe(1))
        except Exception:
            pass
        return self.function.__get__(instance, owner)


def watch(owner, name, see):
    """Has `see` told of calls to a method that the class `owner` itself defines."""
    function = vars(owner).get(name)
    if callable(function) and not isinstance(function, Moment):
        setattr(owner, name, Moment(function, see))
